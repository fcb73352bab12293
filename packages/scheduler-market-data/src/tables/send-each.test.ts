import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { sendEach } from './send-each.ts'

function staged() {
  const steps: string[] = []
  const answers = new Map<number, PromiseWithResolvers<void>>()
  const prepare = (item: number) => {
    steps.push(`prepare ${item}`)
    return item
  }
  const send = (item: number) => {
    steps.push(`send ${item}`)
    const answer = Promise.withResolvers<void>()
    answers.set(item, answer)
    return answer.promise
  }
  /** Answers as soon as the item was sent and what follows it was prepared. */
  async function answer(item: number) {
    await nextTurn()
    await nextTurn()
    steps.push(`answer ${item}`)
    answers.get(item)?.resolve()
  }
  return { steps, prepare, send, answer, answers }
}

test('the next item is prepared while one is on its way, and there is never more than one', async () => {
  const { steps, prepare, send, answer } = staged()
  const sent = sendEach([1, 2, 3], { prepare, send })
  for (const item of [1, 2, 3]) await answer(item)
  await sent
  expect(steps).toEqual([
    ...['prepare 1', 'send 1', 'prepare 2', 'answer 1'],
    ...['send 2', 'prepare 3', 'answer 2', 'send 3', 'answer 3'],
  ])
})

test('it waits for what is on its way when the next item cannot be prepared', async () => {
  const { steps, send, answer } = staged()
  const prepare = (item: number) => {
    if (item === 2) throw new Error('no such item')
    return item
  }
  const sent = sendEach([1, 2], { prepare, send })
  const failed = sent.then(
    () => 'sent',
    (error: Error) => error.message,
  )
  await answer(1)
  expect(await failed).toBe('no such item')
  expect(steps).toEqual(['send 1', 'answer 1'])
})

test('what fails on its way ends it, and nothing more is sent', async () => {
  const { steps, prepare, send, answers } = staged()
  const sent = sendEach([1, 2], { prepare, send })
  await nextTurn()
  await nextTurn()
  answers.get(1)?.reject(new Error('no answer'))
  await expect(sent).rejects.toThrow('no answer')
  expect(steps).toEqual(['prepare 1', 'send 1', 'prepare 2'])
  await expect(sendEach([], { prepare, send })).resolves.toBeUndefined()
})

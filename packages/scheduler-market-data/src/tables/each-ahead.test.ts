import { expect, test } from 'vitest'

import { eachAhead } from './each-ahead.ts'

function staged() {
  const steps: string[] = []
  const answers = new Map<number, PromiseWithResolvers<string>>()
  const ask = (item: number) => {
    steps.push(`ask ${item}`)
    const answer = Promise.withResolvers<string>()
    answers.set(item, answer)
    return answer.promise
  }
  return { steps, ask, answer: (item: number) => answers.get(item)?.resolve(`answer ${item}`), answers }
}

test('the next question is under way while an answer is worked on, and there is never more than one', async () => {
  const { steps, ask, answer } = staged()
  const pages = eachAhead([1, 2, 3], ask)
  const first = pages.next()
  expect(steps).toEqual(['ask 1'])
  answer(1)
  expect((await first).value).toEqual([1, 'answer 1'])
  expect(steps).toEqual(['ask 1', 'ask 2'])
  const second = pages.next()
  answer(2)
  expect((await second).value).toEqual([2, 'answer 2'])
  answer(3)
  expect((await pages.next()).value).toEqual([3, 'answer 3'])
  expect((await pages.next()).done).toBe(true)
  expect(steps).toEqual(['ask 1', 'ask 2', 'ask 3'])
})

test('whoever stops early waits for the question under way', async () => {
  const { ask, answer, answers } = staged()
  const pages = eachAhead([1, 2], ask)
  const first = pages.next()
  answer(1)
  await first
  let hasEnded = false
  const ending = pages.return().then(() => {
    hasEnded = true
  })
  await Promise.resolve()
  expect(hasEnded).toBe(false)
  answers.get(2)?.reject(new Error('too late to matter'))
  await ending
})

test('a question that fails, and one that is not wanted any more, end it', async () => {
  const failing = eachAhead([1], () => Promise.reject(new Error('no answer')))
  await expect(failing.next()).rejects.toThrow('no answer')
  const unwanted = eachAhead([1], async () => 'never', AbortSignal.abort(new Error('not wanted')))
  await expect(unwanted.next()).rejects.toThrow('not wanted')
})

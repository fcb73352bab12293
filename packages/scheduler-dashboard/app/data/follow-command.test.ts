import { describe, expect, it } from 'vitest'

import { type Command, followCommand } from './follow-command.ts'
import type { Toast } from './toast-store.ts'

/** What a message said, step by step, of a command whose effect is seen at the given look, if ever. */
async function stepsOf(command: Partial<Command<string>>, seenAtMs = 0): Promise<readonly string[]> {
  const steps: string[] = []
  let nowMs = 0
  const done = Promise.withResolvers<void>()
  const put = ({ step }: Toast) => {
    steps.push(step)
    if (step !== 'sending' && step !== 'accepted') done.resolve()
  }
  const whole: Command<string> = {
    title: 'Pause',
    send: async () => 'ok',
    isApplied: () => nowMs >= seenAtMs,
    ...command,
  }
  await followCommand(whole, {
    // No request goes out: what the command sends is given.
    api: {} as never,
    idempotencyKey: 'key',
    put,
    status: () => null,
    nowMs: () => nowMs,
    async nextLook() {
      nowMs += 1_000
    },
  })
  await done.promise
  return steps
}

describe('the message of a command', () => {
  it('says that it is done only once it is seen', async () => {
    expect(await stepsOf({}, 3_000)).toEqual(['sending', 'accepted', 'applied'])
  })

  it('says after 5 s that nothing was seen', async () => {
    expect(await stepsOf({}, 60_000)).toEqual(['sending', 'accepted', 'unconfirmed'])
  })

  it('says that it was refused', async () => {
    expect(await stepsOf({ send: () => Promise.reject(new Error('no')) })).toEqual(['sending', 'refused'])
  })
})

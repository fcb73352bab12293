import { createMemoryBackend, createScheduler, every, type RunContext } from '@pm/scheduler-core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { createManualClock } from '../src/index.ts'

async function afterOneRun(handler: (ctx: RunContext) => void) {
  const clock = createManualClock()
  const job = { name: 'poll', schedule: every({ minutes: 1 }), handler }
  const scheduler = createScheduler({ name: 's', jobs: [job], clock, ...createMemoryBackend() })
  await scheduler.open()
  await clock.advance(60_000)
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  const { items } = await scheduler.listRuns()
  await scheduler.close()
  return { snapshot, run: items[0] }
}

it('settles the run and answers the status, whatever a handler hands over', async () => {
  const anything = fc.anything({ withNullPrototype: true, withBigInt: true })
  const number = fc.oneof(fc.double(), fc.maxSafeInteger())
  await fc.assert(
    fc.asyncProperty(
      anything,
      fc.array(number, { minLength: 3, maxLength: 3 }),
      fc.string(),
      async (any, some, name) => {
        const [first = 0, second = 0, third = 0] = some
        const call = { provider: name, outcome: 'succeeded', answered: true, durationMs: third } as const
        const { snapshot, run } = await afterOneRun((ctx) => {
          const tries = [
            () => ctx.report(any as never),
            () => ctx.report({ processed: any as never, failed: first }),
            () => ctx.report({ processed: second }),
            () => ctx.recordCall(any as never),
            () => ctx.recordCall({ ...call, provider: any as never }),
            () => ctx.recordCall(call),
            () => ctx.progress(any as never, first),
            () => ctx.progress(first, second),
          ]
          for (const attempt of tries) expectTyped(attempt)
        })
        expect(run?.state).toBe('succeeded')
        expect(snapshot.totals.lifetime.succeeded).toBe(1)
        expect(Number.isSafeInteger(snapshot.totals.lifetime.items_processed)).toBe(true)
      },
    ),
    { numRuns: 100 },
  )
})

it('stops the sum of a run at the greatest safe integer, and takes at most 50 providers', async () => {
  const { run } = await afterOneRun((ctx) => {
    for (let n = 0; n < 9_100; n++) ctx.report({ processed: 1e12 })
    for (let n = 0; n < 51; n++) {
      ctx.recordCall({ provider: `p${n}`, outcome: 'failed', answered: false, durationMs: 1 })
    }
  })
  const message = expect.stringContaining('recordCall.provider')
  expect(run).toMatchObject({ state: 'failed', items: { processed: Number.MAX_SAFE_INTEGER }, error: { message } })
})

/** It is taken, or refused with a path. */
function expectTyped(attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_OPTIONS', details: { path: expect.stringMatching(/^\w+/) } })
  }
}

import { every, toMarketDataStatus } from '@pm/scheduler-core'
import {
  createFakeProvider,
  createManualClock,
  createManualScheduler,
  expectStandardMetrics,
} from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

it('a fake provider answers as it was told, takes its time on the clock, and is counted as a real one', async () => {
  const clock = createManualClock()
  const yahoo = createFakeProvider({ name: 'yahoo_finance', clock })
  const got: boolean[] = []
  const manual = await createManualScheduler({
    clock,
    providers: { describe: () => [yahoo.description] },
    jobs: [
      { name: 'poll', schedule: every({ minutes: 1 }), handler: async (ctx) => void got.push(await yahoo.call(ctx)) },
    ],
  })
  onTestFinished(manual.close)
  yahoo.answerWith({ durationMs: 300 }, { outcome: 'failed', answered: false, durationMs: 5_000 })

  await manual.runToNextDue()
  expect(got).toEqual([])
  await manual.advance(300)
  expect(got).toEqual([true])
  await manual.advance(2 * 60_000 + 10_000)
  expect(got).toEqual([true, false, true])

  const reading = await manual.scheduler.snapshot({ maxAgeMs: 0 })
  const response = toMarketDataStatus(reading.snapshot)
  expectStandardMetrics(response, 'market-data-v1', { reading })
  expect(response.provider_stats).toEqual({ yahoo_finance: { enabled: true, success_rate: 66.67 } })
  // The one that got no answer is no response time.
  expect(response.recent_activity.avg_response_time_ms).toBe(150)
})

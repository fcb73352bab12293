import {
  createMemoryBackend,
  createScheduler,
  defineJob,
  every,
  toAdminStatus,
  toMarketDataStatus,
} from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

// The first test that the README shows, word for word.
it('means the same on both endpoints', async () => {
  const clock = createManualClock()
  const job = defineJob({
    name: 'poll',
    schedule: every({ minutes: 15 }),
    handler: (ctx) => ctx.report({ processed: 8 }),
  })
  const scheduler = createScheduler({ name: 'market_data_scheduler', jobs: [job], clock, ...createMemoryBackend() })
  await scheduler.open()
  await clock.advance(60 * 60_000)

  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  const admin = toAdminStatus(snapshot)
  const marketData = toMarketDataStatus(snapshot)
  expect(admin).toMatchObject({ total_runs: 4, successful_runs: 4, symbols_processed: 32, success_rate: 100 })
  expect(marketData.recent_activity.total_symbols_processed).toBe(admin.symbols_processed)
  expect(marketData.recent_activity.success_rate).toBe(admin.success_rate)
  await scheduler.close()
})

import { toAdminStatus, toMarketDataStatus } from '@pm/scheduler-core'
import { createManualScheduler, expectStandardMetrics } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

import { jobs } from '../src/jobs.ts'

it('counts each run once, and means the same on both endpoints', async () => {
  const manual = await createManualScheduler({ jobs })
  await manual.advance(10 * 60_000)

  const snapshot = await manual.snapshot()
  const admin = toAdminStatus(snapshot)
  const marketData = toMarketDataStatus(snapshot)
  await manual.close()

  expect(admin).toMatchObject({ total_runs: 10, successful_runs: 10, symbols_processed: 30, success_rate: 100 })
  expect(marketData.recent_activity.total_symbols_processed).toBe(admin.symbols_processed)
  expectStandardMetrics(admin, 'admin-v1')
})

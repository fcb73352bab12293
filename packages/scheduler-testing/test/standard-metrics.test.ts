import { createServer } from 'node:http'

import { toAdminStatus, toAdminStatusV2 } from '@pm/scheduler-core'
import { defineView, factField, metricField } from '@pm/scheduler-core/views'
import {
  expectConsistentViews,
  expectStandardMetrics,
  playTrace,
  readStatus,
  TRACES,
  type Trace,
} from '@pm/scheduler-testing'
import '@pm/scheduler-testing/vitest'
import { describe, expect, it, onTestFinished } from 'vitest'

/** The admin response of the decision record. */
const standard = {
  schedulerName: 'market_data_scheduler',
  state: 'running',
  lastRun: '2025-09-16T01:56:23.202Z',
  nextRun: '2025-09-16T02:11:23.202Z',
  total_runs: 60,
  successful_runs: 59,
  failed_runs: 1,
  symbols_processed: 187,
  success_rate: 98.33,
  uptimeSeconds: 3600,
}

/** What hand-written endpoints get wrong, and what the message says of it. */
const WRONG = [
  { mistake: 'a rate rounded down', change: { success_rate: 98.3 }, says: 'success_rate is 98.3, but' },
  {
    mistake: 'a rate of 0 where nothing ran',
    change: { total_runs: 0, successful_runs: 0, failed_runs: 0, success_rate: 0 },
    says: 'make null',
  },
  { mistake: '100 % in spite of a failure', change: { success_rate: 100 }, says: 'make 98.33' },
  {
    mistake: 'a total that counts cancelled runs',
    change: { total_runs: 61 },
    says: 'total_runs is 61, but successful_runs 59 and failed_runs 1 make 60',
  },
  {
    mistake: "a field that is another view's",
    change: { total_symbols_processed: 8 },
    says: 'total_symbols_processed is a number that no metric defines',
  },
  { mistake: 'a field that is missing', change: { failed_runs: undefined }, says: 'failed_runs: Invalid input' },
  { mistake: 'an age for an instant', change: { lastRun: 63 }, says: 'lastRun: Invalid input' },
  { mistake: 'a local time', change: { lastRun: '2025-09-16 03:56:23' }, says: 'lastRun' },
  { mistake: 'a state of its own', change: { state: 'RUNNING' }, says: 'state: Invalid' },
  { mistake: 'NaN', change: { success_rate: Number.NaN }, says: 'success_rate' },
]

describe('expectStandardMetrics', () => {
  it('has nothing to say against a standard response', () => {
    expectStandardMetrics(standard, 'admin-v1')
    expect(standard).toBeStandardMetrics('admin-v1')
  })

  it.each(WRONG)('names $mistake', ({ change, says }) => {
    const response = { ...standard, ...change }
    expect(() => expectStandardMetrics(response, 'admin-v1')).toThrow(says)
    expect(response).not.toBeStandardMetrics('admin-v1')
  })

  it('holds golden numbers against what the view shows of them, and refuses a comparison that could not fail', () => {
    expectStandardMetrics(standard, 'admin-v1', { golden: { successful_runs: 59, failed_runs: 1, missed_runs: 3 } })
    const off = { golden: { failed_runs: 2 } }
    expect(() => expectStandardMetrics(standard, 'admin-v1', off)).toThrow('failed_runs is 1 instead of 2')
    const elsewhere = { golden: { missed_runs: 3 } }
    expect(() => expectStandardMetrics(standard, 'admin-v1', elsewhere)).toThrow('It shows none of missed_runs')
  })

  it("holds a host's own hand-written endpoint to a trace's numbers, over HTTP", async () => {
    const { rows, golden }: Trace = trace('overlap')
    // The host counts its own rows, those of the trace.
    const count = (state: string) => rows.filter((row) => row.state === state).length
    const server = createServer((_, response) => {
      const [succeeded, failed] = [count('succeeded'), count('failed')]
      const body = { ...standard, total_runs: succeeded + failed, successful_runs: succeeded, failed_runs: failed }
      response.end(JSON.stringify({ ...body, success_rate: 100, symbols_processed: 0 }))
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/status`
    expectStandardMetrics(await readStatus(url), 'admin-v1', { golden })
  })

  it("takes a host's own view, and every number of it has to be one of the table", () => {
    const view = defineView({
      name: 'ReportStatus',
      audience: 'admin',
      fields: {
        name: factField('scheduler_name'),
        reports: { sent: metricField('items_processed', { window: 'recent' }) },
      },
    })
    expectStandardMetrics({ name: 'reports', reports: { sent: 3 } }, view)
    expect(() => expectStandardMetrics({ name: 'reports', reports: { sent: 3, queued: 1 } }, view)).toThrow(
      'reports.queued is a number that no metric defines',
    )
  })
})

describe('expectConsistentViews', () => {
  it('compares whatever two views both show: of the whole, of a job, of a provider', async () => {
    const manual = await playTrace(trace('failure'))
    onTestFinished(manual.close)
    const reading = await manual.scheduler.snapshot({ maxAgeMs: 0 })
    const v1 = { view: 'admin-v1', response: toAdminStatus(reading.snapshot) } as const
    const v2 = { view: 'admin-v2', response: toAdminStatusV2(reading) } as const
    expectConsistentViews(v1, v2)
    expect(v1).toAgreeWithView(v2)

    const wrong = { ...v1, response: { ...v1.response, failed_runs: 1 } }
    expect(() => expectConsistentViews(wrong, v2)).toThrow(/failed_runs is 1, .*failed_runs is 2/)
    expect(wrong).not.toAgreeWithView(v2)
    expectConsistentViews(wrong, v2, { except: ['failed_runs'] })
  })

  it('refuses two that have nothing in common', () => {
    const marketData = { scheduler: {}, recent_activity: {}, provider_stats: {} }
    expect(() =>
      expectConsistentViews({ view: 'admin-v1', response: {} }, { view: 'market-data-v1', response: marketData }),
    ).toThrow('no metric in common')
  })
})

function trace(name: (typeof TRACES)[number]['name']): Trace {
  const found = TRACES.find((one) => one.name === name)
  if (!found) throw new Error(`There is no trace ${name}.`)
  return found
}

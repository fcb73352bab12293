import { toAdminStatus, toAdminStatusV2, toMarketDataStatus, toMarketDataStatusV2 } from '@pm/scheduler-core'
import { evaluateMetric, metricNamed, metricScopeOf } from '@pm/scheduler-core/views'
import { expectStandardMetrics, type ManualScheduler, playTrace, TRACES, toTraceRows } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

describe.each(TRACES)('$name: $story', (trace) => {
  it('leaves these rows and comes to these numbers, in every view', async () => {
    const manual = await playTrace(trace)
    onTestFinished(manual.close)
    expect(toTraceRows(await manual.ledger(), manual.startedAt)).toEqual(trace.rows)
    expect(await numbersOf(manual, Object.keys(trace.golden))).toEqual(trace.golden)

    const reading = await manual.scheduler.snapshot({ maxAgeMs: 0 })
    const { snapshot } = reading
    expectStandardMetrics(toAdminStatus(snapshot), 'admin-v1', { golden: trace.golden, reading })
    expectStandardMetrics(toAdminStatusV2(reading), 'admin-v2', { golden: trace.golden, reading })
    expectStandardMetrics(toMarketDataStatus(snapshot), 'market-data-v1', { reading })
    expectStandardMetrics(toMarketDataStatusV2(reading), 'market-data-v2', { reading })
  })
})

/** What the table makes of the snapshot over its lifetime; of its one job where a metric is a job's. */
async function numbersOf({ scheduler }: ManualScheduler, ids: readonly string[]) {
  const reading = await scheduler.snapshot({ maxAgeMs: 0 })
  const [job] = reading.snapshot.jobs
  const scope = { ...metricScopeOf(reading), ...(job && { job }) }
  return Object.fromEntries(
    ids.map((id) => {
      const metric = metricNamed(id)
      return [id, metric && evaluateMetric(metric, scope, 'lifetime')]
    }),
  )
}

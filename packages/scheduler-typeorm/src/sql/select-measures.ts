import { CALL_FACTS, RUN_FACTS } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import type { Names } from './names.ts'
import { PLAN_AS_USUAL } from './plan-settings.ts'
import { selectControl } from './select-control.ts'
import { callsOfEdges, runsOfEdges, selectEdges, selectEdgeValues } from './select-edges.ts'
import { selectInstances } from './select-instances.ts'
import { selectJobs } from './select-jobs.ts'
import { bucketsOf, columnsOf, deltasOf, type Source, sumOfSources, type Tallied } from './sum-parts.ts'
import { asOfAfter, boundsOf, type Part } from './window-bounds.ts'

/** What a snapshot is made of: each is a list of rows in JSON, whose columns are texts, or NULL without any. */
const MEASURED = ['control', 'jobs', 'instances', 'runs', 'edges', 'calls'] as const

/**
 * Parameters: the scheduler, then `windowBounds`, then the instant of the measures. One statement for everything, whose text
 * depends on the number of windows alone: it takes one round trip, and is planned once per connection. Span 0 is the
 * lifetime, the others are the windows in their order. A bucket is what was folded into it and the deltas of its time.
 */
export function selectMeasures(names: Names, windows: number): string {
  const runs: Tallied = { tally: names.runTally, delta: 'run_delta', key: 'job', facts: RUN_FACTS }
  const calls: Tallied = { tally: names.callTally, delta: 'call_delta', key: 'provider', facts: CALL_FACTS }
  const each = Array.from({ length: windows }, (_, window) => window)
  const sums = (tallied: Tallied, ofEdges: Source) =>
    sumOfSources(tallied, [
      bucketsOf(tallied, 0, { width: 'lifetime', within: LIFETIME }),
      deltasOf(tallied, 0),
      ...each.flatMap((window) => bucketsIn(tallied, window)),
      ofEdges,
    ])
  const parts = {
    control: selectControl(names, 'none'),
    jobs: selectJobs(names, asOfAfter(windows)),
    instances: selectInstances(names),
    runs: sums(runs, runsOfEdges()),
    edges: selectEdgeValues(),
    calls: sums(calls, callsOfEdges()),
  }
  return `
    WITH run_delta AS MATERIALIZED (${unfolded(runs, names.runDelta)}),
    call_delta AS MATERIALIZED (${unfolded(calls, names.callDelta)}),
    edge AS MATERIALIZED (${selectEdges(names, each)})
    SELECT ${MEASURED.map((name) => `(SELECT json_agg(r)::text FROM (${parts[name]}) AS r) AS ${name}`).join(', ')},
      ${asText({ settings: PLAN_AS_USUAL })}`
}

/** The bucket of lifetime totals has no width. */
const LIFETIME = ['to_timestamp(0)', 'to_timestamp(0.001)'] as const

function unfolded(tallied: Tallied, table: string): string {
  return `SELECT ${tallied.key}, bucket_start, ${columnsOf(tallied, '')} FROM ${table} WHERE scheduler = $1`
}

/** The whole buckets of a window. */
function bucketsIn(tallied: Tallied, window: number): readonly Source[] {
  const buckets = (width: string, part: Part) =>
    bucketsOf(tallied, window + 1, { width, within: boundsOf(window, part) })
  return [
    buckets('hour', 'hours'),
    buckets('minute', 'minutes'),
    buckets('minute', 'later_minutes'),
    deltasOf(tallied, window + 1, boundsOf(window, 'whole')),
  ]
}

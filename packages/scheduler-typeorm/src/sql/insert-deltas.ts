import { CALL_FACTS, RUN_FACTS, type TallyFacts } from '@pm/scheduler-core/store'

import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { columns, maxOf, tallyColumns, tallyShape } from './tally-columns.ts'

export const RUN_DELTA_SHAPE = {
  bucket_start: 'float8',
  name: 'text',
  last_run_at: 'float8',
  last_success_at: 'float8',
  last_failure_at: 'float8',
  last_outcome: 'text',
  last_error_code: 'text',
  consecutive_failures: 'bigint',
  unmet_from: 'float8',
  unmet_through: 'float8',
  ...tallyShape(RUN_FACTS),
} as const

/** Parameters: the scheduler, and what a batch adds to a minute of each job and to its statistics. */
export function insertRunDeltas({ runDelta }: Names): string {
  return `
    INSERT INTO ${runDelta} (
      scheduler, bucket_start, job, last_run_at, last_success_at, last_failure_at, consecutive_failures,
      last_outcome, last_error_code, unmet_from, unmet_through, ${tallyColumns(RUN_FACTS)}
    )
    SELECT $1, ${at('t.bucket_start')}, t.name, ${at('t.last_run_at')}, ${at('t.last_success_at')},
      ${at('t.last_failure_at')}, coalesce(t.consecutive_failures, 0), t.last_outcome, t.last_error_code,
      ${at('t.unmet_from')}, ${at('t.unmet_through')}, ${orZero(RUN_FACTS)}
    FROM ${rowset(RUN_DELTA_SHAPE, 't', 2)}`
}

export const CALL_DELTA_SHAPE = {
  bucket_start: 'float8',
  name: 'text',
  last_success_at: 'float8',
  ...tallyShape(CALL_FACTS),
} as const

/** Parameters: the scheduler, and what a batch adds to a minute of each provider. */
export function insertCallDeltas({ callDelta }: Names): string {
  return `
    INSERT INTO ${callDelta} (scheduler, bucket_start, provider, last_success_at, ${tallyColumns(CALL_FACTS)})
    SELECT $1, ${at('t.bucket_start')}, t.name, ${at('t.last_success_at')}, ${orZero(CALL_FACTS)}
    FROM ${rowset(CALL_DELTA_SHAPE, 't', 2)}`
}

/** The columns of a tally `t` whose counters come as NULL where they are 0. A maximum may be NULL. */
function orZero<C extends string, M extends string>(facts: TallyFacts<C, M>): string {
  const maxima: ReadonlySet<string> = new Set(facts.measures.map(maxOf))
  return columns(Object.keys(tallyShape(facts)), (name) => (maxima.has(name) ? `t.${name}` : `coalesce(t.${name}, 0)`))
}

import { CALL_COUNTERS, RUN_COUNTERS, type RunCounter } from '@pm/scheduler-core'

/** What one row of the ledger, settled run or unrun range, adds to each counter: `tallySettlement` and `tallyUnrun` in SQL. */
export const LEDGER_ROW_COUNTERS = {
  succeeded: isState('succeeded'),
  failed: isState('failed'),
  timed_out: isState('timed_out'),
  orphaned: isState('orphaned'),
  cancelled: isState('cancelled'),
  partial: `(l.state = 'succeeded' AND l.items_failed > 0)::int`,
  attempts: 'coalesce(l.attempt, 0)',
  due_started: `(l.kind = 'run' AND l.trigger = 'schedule')::int`,
  skipped_overlap: dueTimes(`l.state = 'skipped' AND l.reason = 'overlap'`),
  skipped_excluded: dueTimes(`l.state = 'skipped' AND l.reason = 'excluded'`),
  missed: dueTimes(`l.state = 'missed'`),
  suppressed: dueTimes(`l.state = 'suppressed'`),
  items_processed: 'coalesce(l.items_processed, 0)',
  items_failed: 'coalesce(l.items_failed, 0)',
  items_skipped: 'coalesce(l.items_skipped, 0)',
  timed_runs: '(l.duration_ms IS NOT NULL)::int',
  duration_ms: 'coalesce(l.duration_ms, 0)',
  due_runs: '(l.lateness_ms IS NOT NULL)::int',
  lateness_ms: 'coalesce(l.lateness_ms, 0)',
} as const satisfies Record<RunCounter, string>

/** `a, b, c`, each made by `write`. */
export function columns<C extends string>(counters: readonly C[], write: (counter: C) => string): string {
  return counters.map(write).join(', ')
}

/** `SET` of an upsert that adds a tally to the one that is there. */
export function addExcluded(table: string, counters: readonly string[]): string {
  return columns(counters, (counter) => `${counter} = ${table}.${counter} + excluded.${counter}`)
}

/** The counters as columns of a rowset. */
export function bigintShape<C extends string>(counters: readonly C[]): Readonly<Record<C, 'bigint'>> {
  return Object.fromEntries(counters.map((counter) => [counter, 'bigint'])) as Record<C, 'bigint'>
}

export { CALL_COUNTERS, RUN_COUNTERS }

function isState(state: string): string {
  return `(l.state = '${state}')::int`
}

function dueTimes(condition: string): string {
  return `CASE WHEN ${condition} THEN l.due_count ELSE 0 END`
}

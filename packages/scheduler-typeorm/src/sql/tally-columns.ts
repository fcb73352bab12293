import type { RunCounter, Tally, TallyFacts } from '@pm/scheduler-core/store'

import { addedSum, storedSum, wholeSum } from './bounded-counts.ts'
import { packedHistogram, toHistogramNumber } from './histogram-number.ts'
import type { Shape } from './rowset.ts'

/**
 * What a ledger row (a settled run or an unrun range) adds to each counter. The SQL form of `tallySettlements` and
 * `tallyUnrun`.
 */
export const LEDGER_ROW_COUNTERS = {
  succeeded: isState('succeeded'),
  failed: isState('failed'),
  timed_out: isState('timed_out'),
  orphaned: isState('orphaned'),
  interrupted: isState('interrupted'),
  cancelled: isState('cancelled'),
  partial: `(l.state = 'succeeded' AND l.items_failed > 0)::int`,
  attempts: 'coalesce(l.attempt - l.earlier_attempts, 0)',
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
  queue_waits: '(l.queue_wait_ms IS NOT NULL)::int',
  queue_wait_ms: 'coalesce(l.queue_wait_ms, 0)',
} as const satisfies Record<RunCounter, string>

/** `a, b, c`, each made by `write`. */
export function columns<C extends string>(counters: readonly C[], write: (counter: C) => string): string {
  return counters.map(write).join(', ')
}

type Facts = TallyFacts<string, string>

/** The columns of a tally: one per counter, and for each measure its maximum and its histogram. */
export function tallyColumns({ counters, measures }: Facts, prefix = ''): string {
  const names = [...counters, ...measures.flatMap((measure) => [maxOf(measure), histogramOf(measure)])]
  return columns(names, (name) => `${prefix}${name}`)
}

/** The `SET` clause of an upsert that adds a tally to the stored one. */
export function addExcluded(table: string, { counters, measures }: Facts): string {
  const maxima = measures.map(maxOf)
  return [
    ...counters.map((name) => `${name} = ${addedSum(`${table}.${name}`, `excluded.${name}`)}`),
    ...measures.map(histogramOf).map((name) => `${name} = ${table}.${name} + excluded.${name}`),
    ...maxima.map((name) => `${name} = greatest(${table}.${name}, excluded.${name})`),
  ].join(', ')
}

/** The sum of tallies, in the same columns and order. `sum` writes the sum of a column of counts. */
export function mergedColumns({ counters, measures }: Facts, prefix: string, sum = storedSum): string {
  return [
    ...counters.map((counter) => `${sum(`${prefix}${counter}`)} AS ${counter}`),
    ...measures.flatMap((measure) => [
      `max(${prefix}${maxOf(measure)}) AS ${maxOf(measure)}`,
      `sum(${prefix}${histogramOf(measure)}) AS ${histogramOf(measure)}`,
    ]),
  ].join(', ')
}

/** The select list for a sum of tallies, as `toTallyOf` reads it. */
export function summed({ counters, measures }: Facts): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...counters.map((counter) => [counter, wholeSum(counter)]),
    ...measures.map((measure) => [maxOf(measure), `max(${maxOf(measure)})`]),
    ...measures.map((measure) => {
      return [histogramOf(measure), packedHistogram(`coalesce(sum(${histogramOf(measure)}), 0)`)]
    }),
  ])
}

/** The columns of a tally as a rowset. */
export function tallyShape<C extends string, M extends string>({ counters, measures }: TallyFacts<C, M>) {
  return Object.fromEntries([
    ...counters.map((counter) => [counter, 'bigint'] as const),
    ...measures.flatMap((measure) => [[maxOf(measure), 'bigint'] as const, [histogramOf(measure), 'numeric'] as const]),
  ]) satisfies Shape
}

/** How to read each column of that shape from something that has a tally. A counter of 0 is read as NULL. */
export function tallyCells<C extends string, M extends string>({ counters, measures }: TallyFacts<C, M>) {
  type Owner = { readonly tally: Tally<C, M> }
  const cells: Record<string, (owner: Owner) => string | number | null> = {}
  for (const counter of counters) cells[counter] = ({ tally }) => tally[counter] || null
  for (const measure of measures) {
    cells[maxOf(measure)] = ({ tally }) => tally.distributions[measure].max
    cells[histogramOf(measure)] = ({ tally }) => toHistogramNumber(tally.distributions[measure].histogram)
  }
  return cells
}

export function maxOf(measure: string): string {
  return `${measure}_max`
}

export function histogramOf(measure: string): string {
  return `${measure}_histogram`
}

function isState(state: string): string {
  return `(l.state = '${state}')::int`
}

function dueTimes(condition: string): string {
  return `CASE WHEN ${condition} THEN l.due_count ELSE 0 END`
}

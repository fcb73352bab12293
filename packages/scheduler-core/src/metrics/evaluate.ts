import type { CallTally, RunTally, Tally } from '../run/counters.ts'
import { METRICS, type MetricId } from './metrics.ts'
import { mean, percent } from './percent.ts'

type IdsOf<Of extends 'run' | 'call'> = {
  [Id in MetricId]: (typeof METRICS)[Id] extends { of: Of } ? Id : never
}[MetricId]

/** Metrics computed from the counters of runs. */
export type RunMetricId = IdsOf<'run'>
/** Metrics computed from the counters of provider calls. */
export type CallMetricId = IdsOf<'call'>

/** The value of a computed metric: only a ratio or a mean can be `null`. */
export type ComputedValue<Id extends RunMetricId | CallMetricId> = (typeof METRICS)[Id]['emptyIs'] extends null
  ? number | null
  : number

export function runMetric<Id extends RunMetricId>(id: Id, tally: RunTally): ComputedValue<Id> {
  return compute(METRICS[id], tally) as ComputedValue<Id>
}

export function callMetric<Id extends CallMetricId>(id: Id, tally: CallTally): ComputedValue<Id> {
  return compute(METRICS[id], tally) as ComputedValue<Id>
}

interface Computable<C extends string> {
  readonly kind: 'counter' | 'ratio' | 'mean'
  readonly numerator: readonly C[]
  readonly denominator?: readonly C[]
}

function compute<C extends string>(
  { kind, numerator, denominator = [] }: Computable<C>,
  tally: Tally<C>,
): number | null {
  const part = sum(numerator, tally)
  if (kind === 'counter') return part
  return kind === 'ratio' ? percent(part, sum(denominator, tally)) : mean(part, sum(denominator, tally))
}

function sum<C extends string>(counters: readonly C[], tally: Tally<C>): number {
  return counters.reduce((total, counter) => total + tally[counter], 0)
}

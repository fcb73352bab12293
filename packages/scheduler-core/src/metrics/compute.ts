import { addCounts, isExactCount } from '../run/count.ts'
import type { Tally } from '../run/counters.ts'
import type { QuotientMetric, SpreadMetric, SumMetric } from './definition.ts'
import { meanOf, percentOf } from './percent.ts'
import { percentile } from './percentile.ts'

type Computable<C extends string, M extends string> =
  | Pick<SumMetric<'run' | 'call', C>, 'statistic' | 'numerator'>
  | Pick<QuotientMetric<'run' | 'call', C>, 'statistic' | 'numerator' | 'denominator'>
  | { readonly statistic: SpreadMetric['statistic']; readonly measure: M }

/**
 * The value of a metric over the time that a tally covers. `null` when there is nothing to divide or to measure, and
 * when `hasStopped`.
 */
export function compute<C extends string, M extends string>(
  metric: Computable<C, M>,
  tally: Tally<NoInfer<C>, NoInfer<M>>,
): number | null {
  switch (metric.statistic) {
    case 'sum':
      return exactOrNull(addUp(metric.numerator, tally))
    case 'percent':
      return percentOf(addUp(metric.numerator, tally), addUp(metric.denominator, tally))
    case 'mean':
      return meanOf(addUp(metric.numerator, tally), addUp(metric.denominator, tally))
    case 'max':
      return tally.distributions[metric.measure].max
    default:
      return percentile(tally.distributions[metric.measure], RANKS[metric.statistic])
  }
}

/** Why a metric is `null` although something was counted: one of its sums has stopped at 2^53 - 1. */
export const NO_LONGER_EXACT = 'no_longer_exact' as const

/** Whether one of the metric's sums has stopped, so that it is no longer an exact count. */
export function hasStopped<C extends string, M extends string>(
  metric: Computable<C, M>,
  tally: Tally<NoInfer<C>, NoInfer<M>>,
): boolean {
  if (!('numerator' in metric)) return false
  const sums = 'denominator' in metric ? [metric.numerator, metric.denominator] : [metric.numerator]
  return sums.some((counters) => exactOrNull(addUp(counters, tally)) === null)
}

/** A value, and the reason when it was lost. */
export interface Computed {
  readonly value: number | null
  /** Only when `value` is `null` because a sum has reached 2^53 - 1, where counting stops. */
  readonly reason?: typeof NO_LONGER_EXACT
}

export function computeOrSayWhy<C extends string, M extends string>(
  metric: Computable<C, M>,
  tally: Tally<NoInfer<C>, NoInfer<M>>,
): Computed {
  return hasStopped(metric, tally) ? { value: null, reason: NO_LONGER_EXACT } : { value: compute(metric, tally) }
}

const RANKS = { p50: 50, p95: 95, p99: 99 } as const

function addUp<C extends string>(counters: readonly C[], tally: Readonly<Record<C, number>>): number {
  return counters.reduce((total, counter) => addCounts(total, tally[counter]), 0)
}

function exactOrNull(sum: number): number | null {
  return isExactCount(sum) ? sum : null
}

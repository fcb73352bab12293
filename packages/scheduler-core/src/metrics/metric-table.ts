import type { MetricUnit } from '../reading/units.ts'
import type { CallCounter, CallMeasure, RunCounter, RunMeasure } from '../run/counters.ts'
import type { WINDOWS } from '../run/windows.ts'
import type { MetricDefinition, QuotientMetric, ReadNumber, SpreadOf, SumMetric } from './definition.ts'
import type { MetricSubject } from './subjects.ts'

/**
 * Metrics by their ids. The types keep what a view needs: the id, the subject, whether it has windows, and whether it may
 * be `null`. Titles, help texts and counters widen, since the declarations would repeat every
 * one of them.
 */
export function metricTable<const T extends Readonly<Record<string, MetricDefinition>>>(
  rows: T,
): { readonly [Id in keyof T]: RowOf<T[Id]> } {
  // The types match the rows: each `RowOf` only drops a part of its row.
  return rows as never
}

type RowOf<M> = M extends { readonly of: 'run'; readonly numerator: unknown }
  ? M extends { readonly statistic: 'sum' }
    ? RunSum
    : RunQuotient
  : M extends { readonly of: 'call'; readonly numerator: unknown }
    ? M extends { readonly statistic: 'sum' }
      ? CallSum
      : CallQuotient
    : M extends { readonly of: 'run'; readonly measure: unknown }
      ? RunSpread
      : M extends { readonly of: 'call'; readonly measure: unknown }
        ? CallSpread
        : ReadOf<M>

type ReadOf<M> = M extends {
  readonly of: infer Of extends MetricSubject
  readonly emptyIs: infer Empty extends 0 | null
}
  ? M extends { readonly unit: 'instant' }
    ? InstantOf<Of>
    : NumberOf<Of, Empty>
  : never

export interface RunSum extends SumMetric<'run', RunCounter> {
  readonly windows: typeof WINDOWS
  readonly emptyIs: 0
}
export interface CallSum extends SumMetric<'call', CallCounter> {
  readonly windows: typeof WINDOWS
  readonly emptyIs: 0
}
export interface RunQuotient extends QuotientMetric<'run', RunCounter> {
  readonly windows: typeof WINDOWS
  readonly emptyIs: null
}
export interface CallQuotient extends QuotientMetric<'call', CallCounter> {
  readonly windows: typeof WINDOWS
  readonly emptyIs: null
}
export interface RunSpread extends SpreadOf<'run', RunMeasure> {
  readonly windows: typeof WINDOWS
  readonly emptyIs: null
}
export interface CallSpread extends SpreadOf<'call', CallMeasure> {
  readonly windows: typeof WINDOWS
  readonly emptyIs: null
}

export interface NumberOf<Of extends MetricSubject, Empty extends 0 | null> extends ReadNumber<Of> {
  readonly unit: Exclude<MetricUnit, 'instant' | 'state'>
  readonly windows: readonly []
  readonly emptyIs: Empty
}
export interface InstantOf<Of extends MetricSubject> extends ReadNumber<Of> {
  readonly unit: 'instant'
  readonly windows: readonly []
  readonly emptyIs: null
}

import type { CustomDefinition, Described } from '../reading/described.ts'
import type { CallCounter, CallMeasure, RunCounter, RunMeasure } from '../run/counters.ts'
import type { MetricSubject, MetricSubjects } from './subjects.ts'

/** The definition of a metric, as data. Everything that computes, labels or documents the metric reads it here. */
export type MetricDefinition =
  | TallyMetric<'run', RunCounter>
  | TallyMetric<'call', CallCounter>
  | SpreadMetric
  | ReadMetric
  | CustomDefinition

/** Computed from the counters of a window. */
export type TallyMetric<Of extends 'run' | 'call', C extends string> = SumMetric<Of, C> | QuotientMetric<Of, C>

export interface SumMetric<Of extends 'run' | 'call', C extends string> extends Described {
  readonly kind: 'counter'
  readonly of: Of
  readonly statistic: 'sum'
  /** The counters that are added up. */
  readonly numerator: readonly C[]
}

/** One sum divided by another: a ratio, or a mean. */
export interface QuotientMetric<Of extends 'run' | 'call', C extends string> extends Described {
  readonly kind: 'ratio' | 'duration'
  readonly of: Of
  readonly statistic: 'percent' | 'mean'
  readonly numerator: readonly C[]
  /** The counters whose sum divides. */
  readonly denominator: readonly C[]
}

/** A percentile or the maximum of a measure over a window. */
export type SpreadMetric = SpreadOf<'run', RunMeasure> | SpreadOf<'call', CallMeasure>

export const SPREADS = ['p50', 'p95', 'p99', 'max'] as const

export interface SpreadOf<Of extends 'run' | 'call', M extends string> extends Described {
  readonly kind: 'duration'
  readonly of: Of
  readonly statistic: (typeof SPREADS)[number]
  readonly measure: M
}

/** Read from one field of a reading, without a window. A field in milliseconds is converted to the metric's unit. */
export type ReadMetric = { [S in MetricSubject]: ReadNumber<S> }[MetricSubject] | ReadCondition

export interface ReadNumber<S extends MetricSubject> extends Described {
  readonly of: S
  readonly statistic: 'value'
  readonly field: NumbersOf<MetricSubjects[S]>
}

/** Read from a declared condition of a provider. */
export interface ReadCondition extends Described {
  readonly unit: 'state'
  readonly of: 'provider'
  readonly statistic: 'value'
  readonly within: 'conditions'
  /** The name of the condition. */
  readonly field: string
  /** The possible words, in the order in which instruments number them. */
  readonly states: readonly string[]
}

/** The names of the fields of `T` whose type is a number or `null`. */
type NumbersOf<T> = { [K in keyof T]: T[K] extends number | null ? K : never }[keyof T] & string

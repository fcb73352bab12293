import type { CallCounter, RunCounter } from '../run/counters.ts'

/** What a metric is, as data: everything that computes, labels or documents it reads this and nothing else. */
export type MetricDefinition = SumMetric<RunCounter, 'run'> | SumMetric<CallCounter, 'call'> | ReadMetric

interface Described {
  readonly title: string
  readonly unit:
    | 'runs'
    | 'due times'
    | 'attempts'
    | 'items'
    | 'calls'
    | 'percent'
    | 'ms'
    | 'seconds'
    | 'minutes'
    | 'instant'
  readonly counts: 'runs' | 'due times' | 'attempts' | 'items' | 'calls'
  /** What it says when there is nothing to say: `null` is unknown, 0 is a count of none. */
  readonly emptyIs: 0 | null
  readonly resets: 'never' | 'at start'
  readonly audience: readonly ('admin' | 'market-data')[]
  /** `public` values may reach every authorized reader; `internal` ones stay with operations. */
  readonly sensitivity: 'public' | 'internal'
  readonly help: string
}

/** Computed from the counters of a window. */
interface SumMetric<C extends string, Of extends 'run' | 'call'> extends Described {
  readonly kind: 'counter' | 'ratio' | 'mean'
  readonly of: Of
  /** The counters that are added up. */
  readonly numerator: readonly C[]
  /** For a ratio and a mean: the counters whose sum divides. */
  readonly denominator?: readonly C[]
}

/** Read from the state of the scheduler or of a job, whatever the window. */
interface ReadMetric extends Described {
  readonly kind: 'gauge' | 'timestamp'
  readonly of: 'state'
}

import { WINDOWS } from '../../run/windows.ts'

/** Who may see a metric: every reader of a status, or operations alone. */
export const FOR_EVERYONE = { audience: ['admin', 'market-data'], sensitivity: 'public' } as const
export const FOR_ADMINS = { audience: ['admin'], sensitivity: 'internal' } as const

/** A sum of counters over a window. */
export function sum<const Of extends 'run' | 'call', const U extends string, const N extends readonly string[]>(
  of: Of,
  unit: U,
  numerator: N,
) {
  return {
    kind: 'counter',
    statistic: 'sum',
    of,
    unit,
    counts: unit,
    numerator,
    windows: WINDOWS,
    emptyIs: 0,
    resets: 'never',
    ...FOR_EVERYONE,
  } as const
}

/** One sum of counters divided by another. */
export function quotient<const T extends QuotientRow>(row: T) {
  const how =
    row.kind === 'ratio'
      ? ({ statistic: 'percent', unit: 'percent' } as const)
      : ({ statistic: 'mean', unit: 'ms' } as const)
  return { ...row, ...(how as HowOf<T>), windows: WINDOWS, emptyIs: null, resets: 'never', ...FOR_EVERYONE } as const
}

interface QuotientRow {
  readonly kind: 'ratio' | 'duration'
  readonly of: 'run' | 'call'
  readonly counts: string
  readonly numerator: readonly string[]
  readonly denominator: readonly string[]
}

type HowOf<T extends QuotientRow> = T['kind'] extends 'ratio'
  ? { readonly statistic: 'percent'; readonly unit: 'percent' }
  : { readonly statistic: 'mean'; readonly unit: 'ms' }

/** A percentile or the maximum of a measure over a window. */
export function spread<const Of extends 'run' | 'call', const M extends string, const S extends string>(
  of: Of,
  measure: M,
  statistic: S,
) {
  return {
    kind: 'duration',
    of,
    measure,
    statistic,
    unit: 'ms',
    counts: (of === 'run' ? 'runs' : 'calls') as Of extends 'run' ? 'runs' : 'calls',
    windows: WINDOWS,
    emptyIs: null,
    resets: 'never',
    ...FOR_EVERYONE,
  } as const
}

export function percentileHelp(statistic: 'p50' | 'p95' | 'p99', what: string): string {
  return `The ${statistic} of ${what}: the representative of the logarithmic bucket, 2 % wide, that holds the nearest-rank value.`
}

/** A field of a reading, at the snapshot's instant; `null` when it is unknown, unless the row says otherwise. */
export function gauge<const Of extends string, const F extends string, const U extends string>(
  of: Of,
  field: F,
  unit: U,
) {
  return {
    kind: 'gauge',
    statistic: 'value',
    of,
    field,
    unit,
    counts: unit,
    windows: [],
    emptyIs: null,
    resets: 'never',
    ...FOR_EVERYONE,
  } as const
}

/** An instant rather than an age, which would be wrong a moment later. */
export function instant<const Of extends string, const F extends string>(of: Of, field: F) {
  return { ...gauge(of, field, 'instant'), kind: 'timestamp' } as const
}

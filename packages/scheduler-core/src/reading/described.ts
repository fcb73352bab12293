import type { WindowId } from '../run/windows.ts'
import { AUDIENCES, isLibraryAudience } from './audience.ts'
import type { MetricUnit } from './units.ts'

export const METRIC_KINDS = ['counter', 'gauge', 'ratio', 'duration', 'timestamp'] as const
export type MetricKind = (typeof METRIC_KINDS)[number]

/** `public` values may reach every authorized reader; `internal` ones stay with operations. */
export const SENSITIVITIES = ['public', 'internal'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

/** The description of a metric. */
export interface Described {
  readonly title: string
  readonly kind: MetricKind
  readonly unit: MetricUnit
  /** The windows that the metric has; empty for a value that is read at the snapshot's instant. */
  readonly windows: readonly WindowId[]
  /** What the metric counts, or what the value belongs to. */
  readonly counts: MetricUnit
  /** The value without any data: `null` for unknown, 0 for a count of none. */
  readonly emptyIs: 0 | null
  readonly resets: 'never' | 'at start'
  /** The names of the audiences that may see it. */
  readonly audience: readonly string[]
  readonly sensitivity: Sensitivity
  readonly help: string
}

/** A metric of the host's own: one number, read at the snapshot's instant. */
export interface CustomDefinition extends Described {
  readonly of: 'custom'
  readonly statistic: 'value'
  readonly id: string
}

/**
 * Whether the audience with that name may see the metric. Only operations may see an internal one, even if it names
 * other audiences. A metric for every audience of the library is for a host's own audiences too.
 */
export function isFor({ audience, sensitivity }: Pick<Described, 'audience' | 'sensitivity'>, reader: string): boolean {
  if (reader === 'admin') return audience.includes(reader)
  const isForAll = !isLibraryAudience(reader) && AUDIENCES.every((name) => audience.includes(name))
  return sensitivity === 'public' && (isForAll || audience.includes(reader))
}

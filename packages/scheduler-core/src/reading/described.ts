import type { WindowId } from '../run/windows.ts'
import { AUDIENCES, isLibraryAudience } from './audience.ts'
import type { MetricUnit } from './units.ts'

export const METRIC_KINDS = ['counter', 'gauge', 'ratio', 'duration', 'timestamp'] as const
export type MetricKind = (typeof METRIC_KINDS)[number]

/** `public` values may reach every authorized reader; `internal` ones stay with operations. */
export const SENSITIVITIES = ['public', 'internal'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

/** What every metric says of itself. */
export interface Described {
  readonly title: string
  readonly kind: MetricKind
  readonly unit: MetricUnit
  /** The windows over which it can be asked for; none for what is read at the snapshot's instant. */
  readonly windows: readonly WindowId[]
  /** What is counted, or what the value is a property of. */
  readonly counts: MetricUnit
  /** What it says when there is nothing to say: `null` is unknown, 0 is a count of none. */
  readonly emptyIs: 0 | null
  readonly resets: 'never' | 'at start'
  /** The names of those who may see it. */
  readonly audience: readonly string[]
  readonly sensitivity: Sensitivity
  readonly help: string
}

/** Read by the host itself from whatever it counts: one number at the snapshot's instant. */
export interface CustomDefinition extends Described {
  readonly of: 'custom'
  readonly statistic: 'value'
  readonly id: string
}

/**
 * Whether the audience with that name may see it. What is internal never leaves operations, whatever its audience says.
 * What is for every audience of the library is for a host's own ones too.
 */
export function isFor({ audience, sensitivity }: Pick<Described, 'audience' | 'sensitivity'>, reader: string): boolean {
  if (reader === 'admin') return audience.includes(reader)
  const isForAll = !isLibraryAudience(reader) && AUDIENCES.every((name) => audience.includes(name))
  return sensitivity === 'public' && (isForAll || audience.includes(reader))
}

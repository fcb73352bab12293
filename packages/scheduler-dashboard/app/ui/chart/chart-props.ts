import type { Span } from '../../format/span.ts'
import type { Store } from '../../store.ts'

export interface ChartSeries {
  readonly label: string
  /** A value for each time; `null` is a gap. */
  readonly values: readonly (number | null)[]
  /** A colour token, such as `accent` (default), `ok`, `late`, `failed`, `paused`. */
  readonly token?: string
  /** `stack`: bars upon the bars of the series after. */
  readonly kind?: 'line' | 'bars' | 'stack'
}

/** What the viewer looks at in a chart. */
export interface ChartLook {
  /** The instant under the pointer, or the one that was walked to. */
  readonly atMs: number | null
  /** The part that was drawn out; `null` is all of it. */
  readonly part: Span | null
}

export interface ChartProps {
  readonly title: string
  /** Instants in milliseconds, ascending. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly format: (value: number | null) => string
  /** In pixels (default 200). */
  readonly height?: number
  /** Charts with the same one share what is looked at. */
  readonly look?: Store<ChartLook>
  /** Values before this instant are not known: the chart is shaded up to it. */
  readonly knownFromMs?: number | null
}

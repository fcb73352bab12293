import type { Zone } from '../format/instants.ts'

export interface ChartSeries {
  readonly label: string
  /** A value for each time; `null` is a gap. */
  readonly values: readonly (number | null)[]
  /** A colour token, such as `accent` (default), `ok`, `late`, `failed`, `paused`. */
  readonly token?: string
  /** `stack`: bars upon the bars of the series after. */
  readonly kind?: 'line' | 'bars' | 'stack'
}

export interface ChartProps {
  readonly title: string
  /** Instants in milliseconds, ascending. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly format: (value: number | null) => string
  /** In pixels (default 200). */
  readonly height?: number
  /** Charts of one name share their cursor. */
  readonly cursor?: string
  /** Values before this instant are not known: the chart is shaded up to it. */
  readonly knownFromMs?: number | null
}

export interface ChartPictureProps extends ChartProps {
  readonly zone: Zone
}

import type { ChartProps } from './chart-props.ts'
import type { Placing } from './to-shapes.ts'
import { scaleOf, type ValueScale } from './value-scale.ts'

/** Where everything of a chart is, in pixels. */
export interface Frame extends Placing {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly scale: ValueScale
  readonly xOf: (atMs: number) => number
  /** The instant of a place, which may lie outside the chart. */
  readonly msAt: (x: number) => number
}

export interface FrameFacts {
  readonly times: readonly number[]
  /** As they are drawn. */
  readonly values: readonly (readonly (number | null)[])[]
  readonly hasBars: boolean
  readonly format: ChartProps['format']
  readonly width: number
  readonly height: number
  /** How large the reader's text is: 1 as usual. */
  readonly zoom: number
}

const LETTER_PX = 7
const LEAST_PX = 48
/** Above the highest line, for one half of its label. */
const TOP_PX = 8
/** For the labels of the times. */
const FOOT_PX = 22
const RIGHT_PX = 8
const WIDEST_BAR_PX = 24

export function frameOf({ times, values, hasBars, format, width, height, zoom }: FrameFacts): Frame {
  const foot = height - FOOT_PX * zoom
  const scale = scaleOf(values, { height: foot - TOP_PX, hasBars })
  // So much does the longest of the labels need.
  const longest = Math.max(...scale.ticks.map((tick) => format(tick).length))
  const left = Math.max(LEAST_PX, longest * LETTER_PX + 16) * zoom
  const right = Math.max(left + 1, width - RIGHT_PX)
  const slot = (right - left) / Math.max(1, times.length)
  const [start, end] = hasBars ? [left + slot / 2, right - slot / 2] : [left, right]
  const first = times[0] ?? 0
  const lengthMs = (times.at(-1) ?? 0) - first
  const xOf = (atMs: number) =>
    lengthMs === 0 ? (start + end) / 2 : start + ((atMs - first) / lengthMs) * (end - start)
  const y = (value: number) => foot - ((value - scale.least) / (scale.most - scale.least)) * (foot - TOP_PX)
  return {
    left,
    right,
    top: TOP_PX,
    scale,
    xOf,
    msAt: (x) => first + ((x - start) / Math.max(1, end - start)) * lengthMs,
    x: (index) => xOf(times[index] ?? first),
    y,
    foot: y(Math.max(0, scale.least)),
    bar: Math.min(WIDEST_BAR_PX, Math.max(1, slot * 0.7)),
  }
}

import type uPlot from 'uplot'

import type { ChartProps } from './chart-props.ts'

/** A value between two gaps has no line to be seen by: it is a point. */
export function alone(plot: uPlot, at: number): number[] {
  const values = plot.data[at] ?? []
  const isGap = (index: number) => (values[index] ?? null) === null
  return [...values.keys()].filter((index) => !isGap(index) && isGap(index - 1) && isGap(index + 1))
}

/** The values to draw: those of a stack stand upon the series after them, which are drawn later and so in front. */
export function drawnValues(series: ChartProps['series']): (number | null)[][] {
  let below: readonly number[] = []
  const drawn = [...series].reverse().map(({ values, kind }) => {
    if (kind !== 'stack') return [...values]
    const sums = values.map((value, index) => (value === null ? null : value + (below[index] ?? 0)))
    below = sums.map((sum, index) => sum ?? below[index] ?? 0)
    return sums
  })
  return drawn.reverse()
}

/** Shades the time up to an instant, about which nothing is known. */
export function shadeUnknown(plot: uPlot, knownFromMs: number | null, colour: string): void {
  if (knownFromMs === null) return
  const { left, top, width, height } = plot.bbox
  const end = Math.min(left + width, plot.valToPos(knownFromMs / 1_000, 'x', true))
  if (!(end > left)) return
  plot.ctx.fillStyle = colour
  plot.ctx.fillRect(left, top, end - left, height)
}

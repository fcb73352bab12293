import type { ChartSeries } from './chart-props.ts'

/** From instants and values to pixels. */
export interface Placing {
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  /** Where 0 is. */
  readonly foot: number
  /** How wide a bar is. */
  readonly bar: number
}

export type Values = readonly (number | null)[]

/** The path of a series: a line with gaps, or its bars. */
export function pathOf(values: Values, kind: ChartSeries['kind'], placing: Placing): string {
  return kind === undefined || kind === 'line' ? lineOf(values, placing) : barsOf(values, placing)
}

/** A value between two gaps has no line to be seen by: it is a point. */
export function aloneIn(values: Values): number[] {
  const isGap = (index: number) => (values[index] ?? null) === null
  return [...values.keys()].filter((index) => !isGap(index) && isGap(index - 1) && isGap(index + 1))
}

function lineOf(values: Values, { x, y }: Placing): string {
  let isDrawing = false
  let path = ''
  for (const [index, value] of values.entries()) {
    if (value !== null) path += `${isDrawing ? 'L' : 'M'}${round(x(index))} ${round(y(value))}`
    isDrawing = value !== null
  }
  return path
}

function barsOf(values: Values, { x, y, foot, bar }: Placing): string {
  return values
    .map((value, index) =>
      value === null || value === 0
        ? ''
        : `M${round(x(index) - bar / 2)} ${round(foot)}V${round(y(value))}h${round(bar)}V${round(foot)}z`,
    )
    .join('')
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

import type { ChartProps } from './chart-props.ts'

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

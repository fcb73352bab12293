import type { Span } from '../../format/span.ts'
import type { ChartProps } from './chart-props.ts'

export type ChartFacts = Pick<ChartProps, 'times' | 'series'>

/** The times and values of a part; all of them where it has fewer than two. */
export function partOf(facts: ChartFacts, part: Span | null): ChartFacts {
  const { times, series } = facts
  if (part === null) return facts
  const first = times.findIndex((atMs) => atMs >= part.fromMs)
  const end = times.findLastIndex((atMs) => atMs <= part.toMs) + 1
  if (first === -1 || end - first < 2) return facts
  return {
    times: times.slice(first, end),
    series: series.map((one) => ({ ...one, values: one.values.slice(first, end) })),
  }
}

/** The place in the list of the time that is nearest to an instant; `null` where there is none. */
export function nearestTo(times: readonly number[], atMs: number | null): number | null {
  if (atMs === null || times.length === 0) return null
  const distances = times.map((time) => Math.abs(time - atMs))
  return distances.indexOf(Math.min(...distances))
}

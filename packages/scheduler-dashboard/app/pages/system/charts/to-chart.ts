import { formatDuration } from '../../../format/durations.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import type { ChartProps } from '../../../ui/chart/chart-props.ts'
import type { Charted } from './charted.ts'
import type { ChartFacts } from './load-charts.ts'

const FORMATS: Readonly<Record<Charted['unit'], (value: number | null) => string>> = {
  duration: formatDuration,
  count: formatNumber,
  percent: formatPercent,
}

export type ChartView = Pick<ChartProps, 'title' | 'times' | 'series' | 'format' | 'knownFromMs'>

/** A chart of the loaded histories; a step of which nothing is known is a gap. */
export function toChart({ title, kind, unit, series }: Charted, { steps, histories }: ChartFacts): ChartView {
  const first = series.map(({ metric }) => histories.get(metric)).find((history) => history !== undefined)
  const times = first?.points.map(({ after }) => Date.parse(after)) ?? []
  const knownFromMs = first ? Date.parse(first.known_from) : null
  return {
    title,
    times,
    format: FORMATS[unit],
    knownFromMs: knownFromMs !== null && knownFromMs > steps.fromMs ? knownFromMs : null,
    series: series.map(({ metric, label, token }) => ({
      label,
      token,
      kind,
      values: histories.get(metric)?.points.map(({ value }) => value) ?? [],
    })),
  }
}

/** Whether anything was counted in the range at all. */
export function hasCounts({ histories }: ChartFacts): boolean {
  return [...histories.values()].some(({ points }) => points.some(({ value }) => (value ?? 0) > 0))
}

/** The instant from which on values are known, where it lies in the range. */
export function knownFrom({ steps, histories }: ChartFacts): string | null {
  const [first] = histories.values()
  return first && Date.parse(first.known_from) > steps.fromMs ? first.known_from : null
}

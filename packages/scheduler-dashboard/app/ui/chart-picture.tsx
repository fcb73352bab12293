import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

import { useApp } from '../app-context.ts'
import { formatAxis, formatFull, type Zone } from '../format/instants.ts'
import { useStore } from '../store.ts'
import { strings } from '../strings/index.ts'
import { alone, drawnValues, shadeUnknown } from './chart-drawing.ts'
import type { ChartPictureProps, ChartProps } from './chart-props.ts'
import { colourOf } from './colour-of.ts'

const FONT = '12px system-ui, sans-serif'

/** The canvas of a chart; made anew when the theme, the zone or the series change, and else only fed. */
export function ChartPicture(props: ChartPictureProps) {
  const { title, times, series, format, height = 200, zone, cursor = null, knownFromMs = null } = props
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const theme = useStore(useApp().preferences.theme)
  const shape = series.map(({ label, token, kind }) => `${label} ${token} ${kind}`).join('\n')
  const data: uPlot.AlignedData = [times.map((ms) => ms / 1_000), ...drawnValues(series)]
  const latest = useRef({ series, format, data, knownFromMs })
  latest.current = { series, format, data, knownFromMs }

  useEffect(() => {
    const { current } = place
    if (!current) return
    const { series: all, format: say, data: first } = latest.current
    const look = { width: current.clientWidth, height, zone, place: current, cursor }
    const givenValue = (at: number, index: number | null) =>
      index === null ? null : (latest.current.series[at]?.values[index] ?? null)
    const knownFrom = () => latest.current.knownFromMs
    const options = optionsOf({ series: all, format: say, givenValue, knownFrom, ...look })
    const made = new uPlot(options, first, current)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: current.clientWidth, height }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [shape, theme, zone, height, cursor])

  useEffect(() => plot.current?.setData(data))

  return <div ref={place} class="chart-canvas" role="img" aria-label={title} />
}

interface Asked extends Pick<ChartProps, 'series' | 'format'> {
  readonly width: number
  readonly height: number
  readonly zone: Zone
  readonly place: HTMLElement
  readonly cursor: string | null
  /** The value of a series as it was given: what is drawn of a stack is a sum. */
  readonly givenValue: (series: number, index: number | null) => number | null
  readonly knownFrom: () => number | null
}

function optionsOf(asked: Asked): uPlot.Options {
  const { series, format, width, height, zone, place, cursor, givenValue, knownFrom } = asked
  const hasBars = series.some(({ kind = 'line' }) => kind !== 'line')
  const axis = {
    stroke: colourOf('muted', place),
    grid: { stroke: colourOf('line', place), width: 1 },
    ticks: { stroke: colourOf('line', place), width: 1 },
    font: FONT,
  }
  return {
    width,
    height,
    ...(zone === 'UTC' && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC') }),
    ...(hasBars && {
      scales: { y: { range: (_plot: uPlot, _least: number, most: number) => [0, most > 0 ? most * 1.05 : 1] } },
    }),
    cursor: { y: false, ...(cursor !== null && { sync: { key: cursor } }) },
    hooks: { drawClear: [(plot) => shadeUnknown(plot, knownFrom(), colourOf('hover', place))] },
    axes: [
      { ...axis, space: 72, values: (_plot, ticks) => timesOf(ticks, zone) },
      {
        ...axis,
        size: (_plot, values) => widthOf(values),
        values: (_plot, ticks) => ticks.map((tick) => format(tick)),
      },
    ],
    series: [
      {
        label: strings.kit.chart.time,
        value: (_plot: uPlot, seconds: number | null) =>
          seconds === null ? strings.kit.none : formatFull(seconds * 1_000, zone),
      },
      ...series.map(({ label, token = 'accent', kind = 'line' }, at) => {
        const stroke = colourOf(token, place)
        const { bars } = uPlot.paths
        const isBars = kind !== 'line'
        return {
          label,
          stroke,
          width: isBars ? 0 : 1.5,
          ...(isBars && { fill: stroke, ...(bars && { paths: bars({ size: [0.7, 24] }) }) }),
          points: isBars ? { show: false } : { show: true, size: 5, filter: alone },
          value: (_plot: uPlot, _value: number | null, _series: number, index: number | null) =>
            format(givenValue(at, index)),
        }
      }),
    ],
  }
}

/** Ticks as the viewer's locale writes them. */
function timesOf(ticks: readonly number[], zone: Zone): string[] {
  const spanMs = ((ticks.at(-1) ?? 0) - (ticks[0] ?? 0)) * 1_000
  return ticks.map((seconds) => formatAxis(seconds * 1_000, { spanMs, zone }))
}

const LETTER_PX = 7
const LEAST_PX = 48

/** So much does the axis of values need for the longest of its labels. */
function widthOf(labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map((label) => label.length))
  return Math.max(LEAST_PX, longest * LETTER_PX + 16)
}

import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

import { useApp } from '../app-context.ts'
import { formatAxis, formatFull, type Zone } from '../format/instants.ts'
import { useStore } from '../store.ts'
import { strings } from '../strings/index.ts'
import type { ChartProps } from './chart.tsx'
import { colourOf } from './colour-of.ts'

export interface ChartPictureProps extends ChartProps {
  readonly zone: Zone
}

const FONT = '12px system-ui, sans-serif'

/** The canvas of a chart; made anew when the theme, the zone or the series change, and else only fed. */
export function ChartPicture({ title, times, series, format, height = 200, zone }: ChartPictureProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const theme = useStore(useApp().preferences.theme)
  const shape = series.map(({ label, token, kind }) => `${label} ${token} ${kind}`).join('\n')
  const data: uPlot.AlignedData = [times.map((ms) => ms / 1_000), ...series.map(({ values }) => [...values])]
  const latest = useRef({ series, format, data })
  latest.current = { series, format, data }

  useEffect(() => {
    const { current } = place
    if (!current) return
    const { series: all, format: say, data: first } = latest.current
    const options = optionsOf({ series: all, format: say, width: current.clientWidth, height, zone, place: current })
    const made = new uPlot(options, first, current)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: current.clientWidth, height }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [shape, theme, zone, height])

  useEffect(() => plot.current?.setData(data))

  return <div ref={place} class="chart-canvas" role="img" aria-label={title} />
}

interface Asked extends Pick<ChartProps, 'series' | 'format'> {
  readonly width: number
  readonly height: number
  readonly zone: Zone
  readonly place: HTMLElement
}

function optionsOf({ series, format, width, height, zone, place }: Asked): uPlot.Options {
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
    cursor: { y: false },
    axes: [
      { ...axis, space: 72, values: (_plot, ticks) => timesOf(ticks, zone) },
      { ...axis, size: 72, values: (_plot, ticks) => ticks.map((tick) => format(tick)) },
    ],
    series: [
      {
        label: strings.kit.chart.time,
        value: (_plot: uPlot, seconds: number | null) =>
          seconds === null ? strings.kit.none : formatFull(seconds * 1_000, zone),
      },
      ...series.map(({ label, token = 'accent', kind = 'line' }) => {
        const stroke = colourOf(token, place)
        const bars = uPlot.paths.bars
        return {
          label,
          stroke,
          width: kind === 'bars' ? 0 : 1.5,
          ...(kind === 'bars' && { fill: stroke, ...(bars && { paths: bars({ size: [0.7, 24] }) }) }),
          points: { show: false },
          value: (_plot: uPlot, value: number | null) => format(value),
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

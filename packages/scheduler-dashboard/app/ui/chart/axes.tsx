import { useMemo } from 'preact/hooks'

import { formatTick, type Zone } from '../../format/instants.ts'
import { offsetsOf } from '../../format/offsets.ts'
import { ticksOf } from '../../format/time-ticks.ts'
import type { ChartProps } from './chart-props.ts'
import type { Frame } from './to-frame.ts'

export interface AxesProps extends Pick<ChartProps, 'times' | 'format'> {
  readonly frame: Frame
  readonly zone: Zone
  readonly height: number
  readonly zoom: number
}

/** A label of a time takes so many pixels at least, at the usual text size. */
const LABEL_PX = 80
const DAY_MS = 86_400_000

/** Lines at round values and times, with their labels. */
export function Axes({ frame, times, format, zone, height, zoom }: AxesProps) {
  const { left, right, top, scale, y, xOf } = frame
  const [fromMs = 0, toMs = 0] = [times[0], times.at(-1)]
  const most = (right - left) / (LABEL_PX * zoom)
  const ticks = useMemo(() => ticksOf({ fromMs, toMs }, most, offsetsOf(zone)), [fromMs, toMs, most, zone])
  const isLong = toMs - fromMs > 2 * DAY_MS
  const shown = isLong ? ticks.filter(({ isDay }) => isDay) : ticks
  return (
    <g class="chart-axes">
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 8} y={y(tick)} text-anchor="end" dominant-baseline="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      {shown.map(({ atMs, isDay }) => (
        <g key={atMs}>
          <line x1={xOf(atMs)} x2={xOf(atMs)} y1={top} y2={y(scale.least)} />
          <text x={Math.min(xOf(atMs), right - 14 * zoom)} y={height - 4 * zoom} text-anchor="middle">
            {formatTick({ atMs, isDay }, zone)}
          </text>
        </g>
      ))}
    </g>
  )
}

import { useState } from 'preact/hooks'

import { formatFull } from '../../format/instants.ts'
import { useZone } from '../../format/use-zone.ts'
import { strings } from '../../strings/index.ts'
import { textZoom } from '../text-zoom.ts'
import { useWidth } from '../use-width.ts'
import { Axes } from './axes.tsx'
import type { ChartProps, ChartSeries } from './chart-props.ts'
import { drawnValues } from './drawn-values.ts'
import { Legend } from './legend.tsx'
import { type Frame, frameOf } from './to-frame.ts'
import { nearestTo, partOf } from './to-part.ts'
import { aloneIn, pathOf, type Values } from './to-shapes.ts'
import { useLook } from './use-look.ts'

/** A chart as a picture. The pointer or the arrow keys walk it; drawing out a part shows that part alone. */
export function ChartPicture(props: ChartProps) {
  const { title, format, height = 200, knownFromMs = null } = props
  const look = useLook(props.look)
  const [hidden, setHidden] = useState<readonly string[]>([])
  const { ref, width } = useWidth<HTMLDivElement>()
  const zone = useZone()
  const { times, series } = partOf(props, look.part)
  const shown = series.filter(({ label }) => !hidden.includes(label))
  const values = drawnValues(shown)
  const hasBars = series.some(({ kind = 'line' }) => kind !== 'line')
  const zoom = textZoom()
  const frame = frameOf({ times, values, hasBars, format, width, height, zoom })
  const at = nearestTo(times, look.atMs)
  const said = at === null ? null : wordsAt({ times, series, format }, at, (atMs) => formatFull(atMs, zone))
  return (
    <div ref={ref} class="chart-canvas">
      {width > 0 && (
        <svg role="img" aria-label={title} width={width} height={height} {...look.handlersOf(frame)}>
          <Unknown frame={frame} knownFromMs={knownFromMs} />
          <Axes {...{ frame, times, format, zone, height, zoom }} />
          {shown.map((one, index) => (
            <Series key={one.label} {...one} frame={frame} values={values[index] ?? []} at={at} />
          ))}
          {at !== null && <Upright frame={frame} x={frame.x(at)} width={0} />}
          {look.drawn && (
            <Upright frame={frame} x={Math.min(...look.drawn)} width={Math.abs(look.drawn[1] - look.drawn[0])} />
          )}
        </svg>
      )}
      <input
        type="range"
        class="sr-only"
        aria-label={strings.kit.chart.walk(title)}
        aria-valuetext={said ? `${said.time}: ${said.spoken}` : strings.kit.none}
        max={Math.max(0, times.length - 1)}
        value={at ?? times.length - 1}
        onInput={({ currentTarget }) => look.setAt(times[Number(currentTarget.value)] ?? null)}
        onKeyDown={({ key }) => key === 'Escape' && look.showAll()}
        onBlur={() => look.setAt(null)}
      />
      <Legend
        {...{ series, hidden, at: said, onHidden: setHidden }}
        onAll={look.part === null ? undefined : look.showAll}
      />
    </div>
  )
}

/** What is said of a place. The values are those that were given: what is drawn of a stack is a sum. */
function wordsAt(
  { times, series, format }: Pick<ChartProps, 'times' | 'series' | 'format'>,
  at: number,
  formatAt: (atMs: number) => string,
) {
  const values = series.map((one) => format(one.values[at] ?? null))
  const spoken = series.map(({ label }, index) => `${label} ${values[index]}`).join(', ')
  return { time: formatAt(times[at] ?? 0), values, spoken }
}

interface SeriesProps extends Pick<ChartSeries, 'token' | 'kind'> {
  readonly frame: Frame
  readonly values: Values
  readonly at: number | null
}

function Series({ frame, values, token = 'accent', kind = 'line', at }: SeriesProps) {
  const isLine = kind === 'line'
  // The place that is looked at may be such a point already.
  const points = new Set(isLine ? [...aloneIn(values), ...(at === null ? [] : [at])] : [])
  return (
    <g class={isLine ? 'chart-line' : 'chart-bars'} style={{ '--series': `var(--${token})` }}>
      <path d={pathOf(values, kind, frame)} />
      {[...points].map((index) => {
        const value = values[index] ?? null
        return value !== null && <circle key={index} cx={frame.x(index)} cy={frame.y(value)} r="3" />
      })}
    </g>
  )
}

/** The time up to an instant, about which nothing is known. */
function Unknown({ frame, knownFromMs }: { readonly frame: Frame; readonly knownFromMs: number | null }) {
  if (knownFromMs === null) return null
  const end = Math.min(frame.right, frame.xOf(knownFromMs))
  return end > frame.left && <Upright frame={frame} x={frame.left} width={end - frame.left} />
}

/** A line, or a band, from the top of a chart to its foot. */
function Upright({ frame, x, width }: { readonly frame: Frame; readonly x: number; readonly width: number }) {
  const { top, y, scale } = frame
  const end = y(scale.least)
  return width === 0 ? (
    <line class="chart-at" x1={x} x2={x} y1={top} y2={end} />
  ) : (
    <rect class="chart-band" x={x} y={top} width={width} height={end - top} />
  )
}

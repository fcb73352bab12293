import { useMemo } from 'preact/hooks'

import { formatDuration } from '../../../format/durations.ts'
import { formatTick, type Zone } from '../../../format/instants.ts'
import { type ClockChange, clockChanges, offsetsOf } from '../../../format/offsets.ts'
import type { Span } from '../../../format/span.ts'
import { ticksOf } from '../../../format/time-ticks.ts'
import { useNow } from '../../../format/use-now.ts'
import { strings } from '../../../strings/index.ts'
import { textZoom } from '../../../ui/text-zoom.ts'
import type { XOf } from './to-paths.ts'

export interface AxisProps {
  readonly span: Span
  readonly zone: Zone
  readonly width: number
  readonly xOf: XOf
}

/** A label of the axis takes so many pixels at least, at the usual text size. */
const LABEL_PX = 84
/** A label nearer to the end would be cut off. */
const ROOM_PX = 36

export function useTicks({ span, zone, width }: Pick<AxisProps, 'span' | 'zone' | 'width'>) {
  return useMemo(() => {
    const offsetAt = offsetsOf(zone)
    return {
      ticks: ticksOf(span, width / (LABEL_PX * textZoom()), offsetAt),
      changes: clockChanges(span, offsetAt),
    }
  }, [span, zone, width])
}

/** The times above the lanes: a day by its date where one begins. */
export function Axis({ span, zone, width, xOf }: AxisProps) {
  const { ticks, changes } = useTicks({ span, zone, width })
  return (
    <svg class="audit-axis" width={width} aria-hidden="true">
      {ticks
        .filter(({ atMs }) => xOf(atMs) < width - ROOM_PX)
        .map(({ atMs, isDay }) => (
          <text key={atMs} x={xOf(atMs) + 3} y="70%" class={isDay ? 'audit-day' : undefined}>
            {formatTick({ atMs, isDay }, zone)}
          </text>
        ))}
      {changes.map((change) => (
        <text key={`change ${change.atMs}`} x={xOf(change.atMs) + 3} y="28%" class="audit-change-word">
          {wordsOfChange(change)}
        </text>
      ))}
    </svg>
  )
}

export function wordsOfChange({ byMs }: ClockChange): string {
  const { forward, back } = strings.audit.clocks
  return (byMs > 0 ? forward : back)(formatDuration(byMs))
}

/** Lines behind the lanes at the times of the axis; where the clocks change, what is left out or comes twice is shaded. */
export function AxisLines({ span, zone, width, xOf }: AxisProps) {
  const { ticks, changes } = useTicks({ span, zone, width })
  return (
    <svg class="audit-lines" width={width} aria-hidden="true">
      {changes.map(({ atMs, byMs }) => (
        <rect
          key={atMs}
          class="audit-change"
          x={xOf(atMs)}
          y="0"
          height="100%"
          width={Math.max(4, xOf(atMs + Math.abs(byMs)) - xOf(atMs))}
        />
      ))}
      {ticks.map(({ atMs, isDay }) => (
        <line key={atMs} class={isDay ? 'audit-day' : undefined} x1={xOf(atMs)} x2={xOf(atMs)} y1="0" y2="100%" />
      ))}
    </svg>
  )
}

/** Where the present is. */
export function NowLine({ span, width, xOf }: Omit<AxisProps, 'zone'>) {
  const nowMs = useNow()
  if (nowMs < span.fromMs || nowMs > span.toMs) return null
  const x = xOf(nowMs)
  return (
    <svg class="audit-now" width={width} aria-hidden="true">
      <rect class="audit-future" x={x} y="0" width={Math.max(0, width - x)} height="100%" />
      <line x1={x} x2={x} y1="0" y2="100%" />
    </svg>
  )
}

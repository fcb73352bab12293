import { formatRelative } from '../format/durations.ts'
import { formatFull, formatInstant, isZone, toMs } from '../format/instants.ts'
import { useNow } from '../format/use-now.ts'
import { useZone } from '../format/use-zone.ts'
import { strings } from '../strings/index.ts'
import { KeyValue } from './key-value.tsx'
import { Popover } from './popover.tsx'

export interface TimeProps {
  /** An instant of the API; `null` is shown as `none`. */
  readonly at: string | null | undefined
  /** `relative` (default): `in 3 min 12 s`; `absolute`: `14:03:07`, with the date where it is not today. */
  readonly as?: 'relative' | 'absolute'
  /** The zone of the job's schedule, shown beside the viewer's and UTC. */
  readonly jobZone?: string | null
  /** What stands for no instant (default a dash). */
  readonly none?: string
  /** Without a popover, for places that are links or buttons themselves. */
  readonly isPlain?: boolean
  /** Whether Tab comes to it (default true). */
  readonly isTabStop?: boolean
}

/** An instant that ticks, and on hover or focus tells itself in every zone that matters. */
export function Time(props: TimeProps) {
  const { at, as = 'relative', jobZone = null, none = strings.kit.none, isPlain = false, isTabStop = true } = props
  const nowMs = useNow()
  const zone = useZone()
  const atMs = toMs(at)
  if (atMs === null || at === null || at === undefined) return <span class="muted">{none}</span>
  const words = as === 'relative' ? formatRelative(atMs, nowMs) : formatInstant(atMs, { nowMs, zone })
  const time = <time dateTime={at}>{words}</time>
  if (isPlain) return time
  const zones = [
    [strings.kit.time.mine, formatFull(atMs, undefined)],
    [strings.kit.time.utc, formatFull(atMs, 'UTC')],
    ...(jobZone !== null && isZone(jobZone) ? [[strings.kit.time.job, formatFull(atMs, jobZone)] as const] : []),
  ] as const
  return (
    <Popover
      class="time"
      isTabStop={isTabStop}
      content={() => <KeyValue pairs={[...zones, ['', formatRelative(atMs, nowMs)]]} />}
    >
      {time}
    </Popover>
  )
}

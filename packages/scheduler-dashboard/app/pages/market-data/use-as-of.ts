import { useApp } from '../../app-context.ts'
import { formatInstant, toMs } from '../../format/instants.ts'
import { useNow } from '../../format/use-now.ts'
import { useZone } from '../../format/use-zone.ts'
import type { LiveState } from '../../live/live-state.ts'

/** From when the data are, as far as ages and lateness are counted from it. */
export interface AsOf {
  /** The present of the data: now, or when they are from where they are old. */
  readonly nowMs: number
  /** Set when they are old: the instant they are from, in the reader's zone. */
  readonly oldSince: string | null
}

/** Ages of data that are live are counted to the shared clock; what is old stays at its own moment. */
export function useAsOf({ status, connection, trouble }: LiveState): AsOf {
  const nowMs = useNow()
  const zone = useZone()
  const { hub } = useApp()
  const asOfMs = toMs(status?.as_of)
  const isUnreachable = trouble !== null && connection !== 'live' && connection !== 'polling'
  const isOld = status?.stale === true || isUnreachable || hub.isPaused
  return isOld && asOfMs !== null
    ? { nowMs: asOfMs, oldSince: formatInstant(asOfMs, { nowMs, zone }) }
    : { nowMs, oldSince: null }
}

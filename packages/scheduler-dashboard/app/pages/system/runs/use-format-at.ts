import { useCallback } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { formatInstant, toMs } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'

/** Formats an instant of the API in the zone that the viewer chose; it does not tick. */
export function useFormatAt(): (at: string) => string {
  const { clock } = useApp()
  const zone = useZone()
  return useCallback(
    (at) => {
      const atMs = toMs(at)
      return atMs === null ? strings.kit.none : formatInstant(atMs, { nowMs: clock.now(), zone })
    },
    [clock, zone],
  )
}

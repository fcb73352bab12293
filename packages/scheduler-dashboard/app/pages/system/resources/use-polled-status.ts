import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useLayoutEffect, useRef } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { type Resource, useResource } from '../../../data/use-resource.ts'

const EVERY_MS = 5_000

/**
 * The status, read every 5 s while the page is visible and updates are not paused: figures of the process and heartbeats
 * change with time alone, and the stream does not tell of that.
 */
export function usePolledStatus(scheduler: string): Resource<AdminStatusV2> {
  const { clock, hub } = useApp()
  const status = useResource<AdminStatusV2>('status', (api) => api.admin.status(), { scheduler })
  const latest = useRef(status)
  latest.current = status
  useLayoutEffect(() => {
    let readMs = clock.now()
    return clock.subscribe(() => {
      const nowMs = clock.now()
      if (hub.isPaused || latest.current.isRefreshing || nowMs - readMs < EVERY_MS) return
      readMs = nowMs
      latest.current.reload()
    })
  }, [clock, hub])
  return status
}

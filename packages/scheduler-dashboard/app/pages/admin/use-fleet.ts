import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useLayoutEffect, useState } from 'preact/hooks'

import { useApp } from '../../app-context.ts'
import type { LiveState } from '../../live/live-state.ts'
import { topicOf } from '../../live/topic.ts'

/** One scheduler of the host, with what is known of it. */
export interface Member {
  readonly key: string
  readonly name: string
  readonly live: LiveState<AdminStatusV2>
}

/** Every scheduler of the host with its live status, in the host's order. */
export function useFleet(): readonly Member[] {
  const { hub, config } = useApp()
  const { schedulers } = config
  const [, render] = useState({})
  useLayoutEffect(() => {
    const left = schedulers.map(({ key }) => hub.subscribe(topicOf('admin', key), () => render({})))
    return () => {
      for (const leave of left) leave()
    }
  }, [hub, schedulers])
  return schedulers.map(({ key, name }) => ({
    key,
    name,
    // A topic of the admin view has its statuses only.
    live: hub.get(topicOf('admin', key)) as LiveState<AdminStatusV2>,
  }))
}

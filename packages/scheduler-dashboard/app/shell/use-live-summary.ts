import { useLayoutEffect, useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import type { LiveHub } from '../live/live-hub.ts'
import { type LiveSummary, summarize } from './live-summary.ts'

/** The live sign of everything that the page follows now. */
export function useLiveSummary(): LiveSummary {
  const { hub } = useApp()
  const [, render] = useState({})
  useLayoutEffect(() => hub.onAny(() => render({})), [hub])
  return summaryOf(hub)
}

export function summaryOf(hub: LiveHub): LiveSummary {
  return summarize(hub.topics().map(hub.get), { isPaused: hub.isPaused })
}

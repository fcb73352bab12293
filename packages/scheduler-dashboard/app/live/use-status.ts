import { useLayoutEffect, useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import type { Changed } from './changed.ts'
import type { LiveState } from './live-state.ts'
import { type StatusOfView, topicOf, type View } from './topic.ts'

/** The live status of a scheduler; the component renders anew with each. */
export function useStatus<V extends View>(schedulerKey: string, view: V): LiveState<StatusOfView[V]> {
  const { hub } = useApp()
  const topic = topicOf(view, schedulerKey)
  const [, render] = useState({})
  useLayoutEffect(() => hub.subscribe(topic, () => render({})), [hub, topic])
  // A topic has statuses of its own view only.
  return hub.get(topic) as LiveState<StatusOfView[V]>
}

/** Calls `listener` with what each status that is shown changed. The latest listener is called. */
export function useChanged(schedulerKey: string, view: View, listener: (changed: Changed) => void): void {
  const { hub } = useApp()
  useLayoutEffect(() => hub.onChanged(topicOf(view, schedulerKey), listener), [hub, schedulerKey, view, listener])
}

import type { AdminStatusV2, MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

export type View = 'admin' | 'marketData'

export interface StatusOfView {
  readonly admin: AdminStatusV2
  readonly marketData: MarketDataStatusV2
}

export type AnyStatus = StatusOfView[View]

/** One status that can be followed. A text, so that it crosses between tabs and workers as it is. */
export type Topic = `${View}:${string}`

export function topicOf(view: View, schedulerKey: string): Topic {
  return `${view}:${schedulerKey}`
}

export function readTopic(topic: Topic): { readonly view: View; readonly key: string } {
  const at = topic.indexOf(':')
  return { view: topic.slice(0, at) === 'admin' ? 'admin' : 'marketData', key: topic.slice(at + 1) }
}

/** Where the API of a scheduler is, below the mount. */
export function apiPaths(mount: string, key: string): { readonly admin: string; readonly marketData: string } {
  const api = `${mount}/api/${encodeURIComponent(key)}`
  return { admin: `${api}/admin`, marketData: `${api}/market-data` }
}

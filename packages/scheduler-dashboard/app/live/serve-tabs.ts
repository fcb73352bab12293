import type { News, Wish } from './messages.ts'
import type { Topic } from './topic.ts'
import type { Upstream } from './upstream.ts'

interface Tab {
  readonly send: (news: News) => void
  readonly topics: Map<Topic, () => void>
}

/** Follows for each tab what it asks for, until it says goodbye or its lock is free. */
export interface TabService {
  take(wish: Wish, send: (news: News) => void): void
}

export function serveTabs(upstream: Upstream, locks: LockManager | undefined): TabService {
  const tabs = new Map<string, Tab>()

  function drop(name: string): void {
    for (const leave of tabs.get(name)?.topics.values() ?? []) leave()
    tabs.delete(name)
  }

  /** A worker is not told when a tab closes; the lock that the tab holds becomes free then. */
  function watch(name: string): void {
    void locks?.request(name, () => drop(name))
  }

  function tabOf(name: string, send: Tab['send']): Tab {
    const known = tabs.get(name)
    if (known) return known
    const tab = { send, topics: new Map<Topic, () => void>() }
    tabs.set(name, tab)
    watch(name)
    return tab
  }

  return {
    take(wish, send) {
      if (wish.kind === 'bye') return drop(wish.tab)
      const { topics } = tabOf(wish.tab, send)
      if (wish.kind === 'follow' && !topics.has(wish.topic)) topics.set(wish.topic, upstream.follow(wish.topic, send))
      if (wish.kind === 'leave') {
        topics.get(wish.topic)?.()
        topics.delete(wish.topic)
      }
    },
  }
}

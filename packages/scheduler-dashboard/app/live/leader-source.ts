import type { News, Wish } from './messages.ts'
import { serveTabs } from './serve-tabs.ts'
import type { Source, SourceOptions } from './source.ts'
import { holdTabLock } from './tab-lock.ts'
import type { Topic } from './topic.ts'
import { createUpstream } from './upstream.ts'

type Letter =
  | { readonly to: 'leader'; readonly wish: Wish }
  | { readonly to: string; readonly news: News }
  /** A new leader asks everybody to say again what they follow. */
  | { readonly to: 'all' }

/** Where there is no shared worker: the tab that holds a lock has the streams, and tells the others. */
export function createLeaderSource({ mount, build, tell }: SourceOptions): Source {
  const channel = new BroadcastChannel(`${build} ${mount} stream`)
  const lock = holdTabLock(`${mount} tab`)
  const followed = new Set<Topic>()
  const ended = new AbortController()
  const leadership = Promise.withResolvers<void>()
  let lead: ((wish: Wish) => void) | null = null

  function wish(what: Wish): void {
    if (lead) lead(what)
    else channel.postMessage({ to: 'leader', wish: what } satisfies Letter)
  }

  function wishAll(): void {
    for (const topic of followed) wish({ kind: 'follow', tab: lock.name, topic })
  }

  async function becomeLeader(): Promise<void> {
    const upstream = createUpstream(mount)
    const service = serveTabs(upstream, navigator.locks)
    const sendTo = (tab: string) => (news: News) =>
      tab === lock.name ? tell(news) : channel.postMessage({ to: tab, news } satisfies Letter)
    lead = (what) => service.take(what, sendTo(what.tab))
    channel.postMessage({ to: 'all' } satisfies Letter)
    wishAll()
    await leadership.promise
    lead = null
    upstream.close()
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Letter>) => {
    if (data.to === 'all') wishAll()
    else if ('wish' in data) lead?.(data.wish)
    else if ('news' in data && data.to === lock.name) tell(data.news)
  })
  // A name must not begin with a dash (Web Locks API), as a build may.
  navigator.locks
    .request(`leader ${build} ${mount}`, { signal: ended.signal }, becomeLeader)
    .catch((error: unknown) => {
      // It is rejected when the page leaves before its turn, which is what `close` asks for.
      if (!ended.signal.aborted) throw error
    })

  return {
    follow(topic) {
      followed.add(topic)
      void lock.held.then(() => followed.has(topic) && wish({ kind: 'follow', tab: lock.name, topic }))
    },
    leave(topic) {
      followed.delete(topic)
      wish({ kind: 'leave', tab: lock.name, topic })
    },
    close() {
      wish({ kind: 'bye', tab: lock.name })
      ended.abort()
      leadership.resolve()
      channel.close()
      lock.release()
    },
  }
}

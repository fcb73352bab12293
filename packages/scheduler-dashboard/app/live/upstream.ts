import {
  createStatusClient,
  type StatusClientError,
  type StatusListener,
  type Subscription,
} from '@pm/scheduler-core/client'
import type { Changed } from './changed.ts'
import { MANY } from './changed.ts'
import type { News, Trouble } from './messages.ts'
import { type AnyStatus, apiPaths, readTopic, type Topic } from './topic.ts'

/** The connections of a browser to the server: one for each topic that somebody follows. */
export interface Upstream {
  follow(topic: Topic, tell: (news: News) => void): () => void
  close(): void
}

/** A browser has six connections to an origin over HTTP/1.1: three streams leave room for requests. The rest is polled. */
const MOST_STREAMS = 3
/** A topic whose last reader has left is kept so long, as a reader who changes the page comes back at once. */
const LINGER_MS = 2_000

interface Followed {
  readonly listeners: Set<(news: News) => void>
  readonly last: Map<News['kind'], News>
  readonly subscription: Subscription
  readonly isStream: boolean
}

export function createUpstream(mount: string): Upstream {
  const topics = new Map<Topic, Followed>()

  function open(topic: Topic): Followed {
    const isStream = [...topics.values()].filter((one) => one.isStream).length < MOST_STREAMS
    const listeners = new Set<(news: News) => void>()
    const last = new Map<News['kind'], News>()
    function tell(news: News): void {
      last.set(news.kind, news)
      for (const listener of listeners) listener(news)
    }
    const followed = { listeners, last, isStream, subscription: subscribe({ mount, topic, isStream, tell }) }
    topics.set(topic, followed)
    return followed
  }

  function leave(topic: Topic, followed: Followed): void {
    setTimeout(() => {
      if (followed.listeners.size > 0 || topics.get(topic) !== followed) return
      followed.subscription.close()
      topics.delete(topic)
    }, LINGER_MS)
  }

  return {
    follow(topic, tell) {
      const followed = topics.get(topic) ?? open(topic)
      followed.listeners.add(tell)
      for (const news of followed.last.values()) tell(news.kind === 'status' ? { ...news, changed: MANY } : news)
      return () => {
        followed.listeners.delete(tell)
        leave(topic, followed)
      }
    },
    close() {
      for (const { subscription } of topics.values()) subscription.close()
      topics.clear()
    },
  }
}

interface Following {
  readonly mount: string
  readonly topic: Topic
  readonly isStream: boolean
  readonly tell: (news: News) => void
}

function subscribe({ mount, topic, isStream, tell }: Following): Subscription {
  const { view, key } = readTopic(topic)
  const client = createStatusClient({
    baseUrl: '',
    version: 'v2',
    paths: apiPaths(mount, key),
    fetch: isStream ? (url, init) => fetch(url, init) : pollingOnly,
  })
  const listener: StatusListener<AnyStatus, Changed> = {
    onStatus(status, { id, changed }) {
      tell({ kind: 'trouble', topic, trouble: null })
      tell({ kind: 'status', topic, status, id, changed })
    },
    onConnection(connection) {
      if (connection !== 'waiting') tell({ kind: 'trouble', topic, trouble: null })
      tell({ kind: 'connection', topic, connection })
    },
    onError: (error) => tell({ kind: 'trouble', topic, trouble: troubleOf(error) }),
  }
  return client[view].subscribe(listener)
}

/** Says of the stream alone that it is not there: then the client polls the status. */
function pollingOnly(url: string, init: RequestInit): Promise<Response> {
  return url.endsWith('/events') ? Promise.resolve(new Response(null, { status: 404 })) : fetch(url, init)
}

function troubleOf({ code, status, message }: StatusClientError): Trouble {
  return { code, status, message }
}

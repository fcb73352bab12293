import type { Wish } from './messages.ts'
import { serveTabs } from './serve-tabs.ts'
import { createUpstream } from './upstream.ts'

// The worker that all tabs of a browser share: it holds the streams, and tells every tab what comes.

// Its name is `<build> <path of the mount>`: another build or mount is another worker.
const { name } = self
const service = serveTabs(createUpstream(name.slice(name.indexOf(' ') + 1)), navigator.locks)

self.addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  port?.addEventListener('message', ({ data }: MessageEvent<Wish>) =>
    service.take(data, (news) => port.postMessage(news)),
  )
  port?.start()
})

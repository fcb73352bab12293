import type { Wish } from './messages.ts'
import { serveTabs } from './serve-tabs.ts'
import { createUpstream } from './upstream.ts'

// The worker that all tabs of a browser share: it holds the streams, and tells every tab what comes.

interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null
}

function start(scope: SharedScope, mount: string): void {
  const service = serveTabs(createUpstream(mount), navigator.locks)
  scope.onconnect = ({ ports: [port] }) => {
    port?.addEventListener('message', ({ data }: MessageEvent<Wish>) =>
      service.take(data, (news) => port.postMessage(news)),
    )
    port?.start()
  }
}

// Its name is `<build> <path of the mount>`: another build or mount is another worker.
const { name } = self
start(self as unknown as SharedScope, name.slice(name.indexOf(' ') + 1))

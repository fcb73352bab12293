import type { News, Wish } from './messages.ts'
import type { Source, SourceOptions } from './source.ts'
import { holdTabLock } from './tab-lock.ts'

/** News from the worker that all tabs share. Calls `onBroken` when the worker cannot be loaded. */
export function createWorkerSource({
  mount,
  build,
  tell,
  onBroken,
}: SourceOptions & { readonly onBroken: () => void }): Source {
  const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
    type: 'module',
    name: `${build} ${mount}`,
  })
  worker.addEventListener('error', onBroken)
  worker.port.addEventListener('message', ({ data }: MessageEvent<News>) => tell(data))
  worker.port.start()
  const lock = holdTabLock(`${mount} tab`)
  const send = (wish: Wish) => worker.port.postMessage(wish)
  // The worker waits for this lock, so it must be held before the worker hears of it.
  const isHeld = lock.held.then(() => send({ kind: 'hello', tab: lock.name, mount }))

  return {
    follow: (topic) => void isHeld.then(() => send({ kind: 'follow', tab: lock.name, topic })),
    leave: (topic) => void isHeld.then(() => send({ kind: 'leave', tab: lock.name, topic })),
    close() {
      send({ kind: 'bye', tab: lock.name })
      worker.port.close()
      lock.release()
    },
  }
}

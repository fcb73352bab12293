import type { Source, SourceOptions } from './source.ts'
import type { Topic } from './topic.ts'
import { createUpstream } from './upstream.ts'

/** Streams of this tab's own, while it is visible: where tabs cannot share. */
export function createOwnSource({ mount, tell }: SourceOptions): Source {
  const upstream = createUpstream(mount)
  const wanted = new Map<Topic, (() => void) | null>()

  function update(): void {
    for (const [topic, leave] of wanted) {
      if (document.hidden && leave) {
        leave()
        wanted.set(topic, null)
      } else if (!document.hidden && !leave) {
        wanted.set(topic, upstream.follow(topic, tell))
      }
    }
  }

  document.addEventListener('visibilitychange', update)
  return {
    follow(topic) {
      if (!wanted.has(topic)) wanted.set(topic, null)
      update()
    },
    leave(topic) {
      wanted.get(topic)?.()
      wanted.delete(topic)
    },
    close() {
      document.removeEventListener('visibilitychange', update)
      upstream.close()
    },
  }
}

import { createLeaderSource } from './leader-source.ts'
import { createOwnSource } from './own-source.ts'
import type { Source, SourceOptions } from './source.ts'
import type { Topic } from './topic.ts'
import { createWorkerSource } from './worker-source.ts'

/** The best source that this browser has; a shared worker that does not load is replaced by the next best. */
export function openSource(options: SourceOptions): Source {
  if (typeof SharedWorker === 'undefined') return withoutWorker(options)
  const followed = new Set<Topic>()
  let source: Source
  function fallBack(): void {
    source.close()
    source = withoutWorker(options)
    for (const topic of followed) source.follow(topic)
  }
  try {
    source = createWorkerSource({ ...options, onBroken: fallBack })
  } catch {
    return withoutWorker(options)
  }
  return {
    follow(topic) {
      followed.add(topic)
      source.follow(topic)
    },
    leave(topic) {
      followed.delete(topic)
      source.leave(topic)
    },
    close: () => source.close(),
  }
}

/** Locks are there on https and on localhost only. */
function withoutWorker(options: SourceOptions): Source {
  const canShare = 'locks' in navigator && typeof BroadcastChannel !== 'undefined'
  return canShare ? createLeaderSource(options) : createOwnSource(options)
}

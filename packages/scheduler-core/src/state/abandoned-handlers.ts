import type { AbandonedHandler } from '../reading/snapshot.ts'

/** The abandoned handlers of this process, whether the scheduler is open or not: closing it does not end them. */
export interface AbandonedHandlers {
  readonly size: number
  /** The places in the concurrency that they take: one each, unless the host lets their places go. */
  readonly held: number
  /** Oldest first. */
  readonly all: Iterable<AbandonedHandler>
  /** Notes one. The returned function forgets it, when its handler has returned. */
  add(handler: AbandonedHandler): () => void
}

export interface AbandonedHandlersOptions {
  /** Whether each takes a place in the concurrency. */
  readonly keepPlaces: boolean
}

export function createAbandonedHandlers({ keepPlaces }: AbandonedHandlersOptions): AbandonedHandlers {
  const handlers = new Set<AbandonedHandler>()
  return {
    get size() {
      return handlers.size
    },
    get held() {
      return keepPlaces ? handlers.size : 0
    },
    all: handlers,
    add(handler) {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
  }
}

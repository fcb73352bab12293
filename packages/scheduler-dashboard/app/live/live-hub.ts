import type { Changed } from './changed.ts'
import { type Held, type LiveState, NOTHING, pause, take } from './live-state.ts'
import type { News } from './messages.ts'
import { openSource } from './open-source.ts'
import { createSharedPause } from './shared-pause.ts'
import type { Source } from './source.ts'
import type { Topic } from './topic.ts'

/** What a tab knows of everything that it follows. */
export interface LiveHub {
  get(topic: Topic): LiveState
  /** Follows a topic, and calls the listener after each change of its state. */
  subscribe(topic: Topic, listener: () => void): () => void
  /** Calls the listener with what each shown status changed. Follows nothing by itself. */
  onChanged(topic: Topic, listener: (changed: Changed) => void): () => void
  /** Every topic that is followed now. */
  topics(): readonly Topic[]
  /** Calls the listener after every change of anything, for what shows all of it in one sign. */
  onAny(listener: () => void): () => void
  readonly isPaused: boolean
  /** Pauses or resumes all tabs. */
  setPaused(isPaused: boolean): void
}

interface Place {
  held: Held
  readonly listeners: Set<() => void>
  readonly changes: Set<(changed: Changed) => void>
}

export function createLiveHub({ mount, build }: { readonly mount: string; readonly build: string }): LiveHub {
  const places = new Map<Topic, Place>()
  const anyone = new Set<() => void>()
  let isPaused = false
  const open = (): Source => openSource({ mount, build, tell: (news) => hear(news) })
  let source = open()

  function placeOf(topic: Topic): Place {
    const known = places.get(topic)
    if (known) return known
    const place: Place = { held: isPaused ? pause(NOTHING, true) : NOTHING, listeners: new Set(), changes: new Set() }
    places.set(topic, place)
    return place
  }

  function become(place: Place, held: Held, changed: Changed | null): void {
    place.held = held
    for (const listener of [...place.listeners, ...anyone]) listener()
    if (changed) for (const listener of place.changes) listener(changed)
  }

  function hear(news: News): void {
    const place = placeOf(news.topic)
    const held = take(place.held, news, { isPaused })
    const isShown = news.kind === 'status' && held.shown.id === news.id && held.waiting === null
    if (held !== place.held) become(place, held, isShown ? news.changed : null)
  }

  function applyPause(next: boolean): void {
    if (next === isPaused) return
    isPaused = next
    for (const place of places.values()) {
      const changed = next ? null : (place.held.waiting?.changed ?? null)
      become(place, pause(place.held, next), changed)
    }
    for (const listener of anyone) listener()
  }

  const sharedPause = createSharedPause(mount, { get: () => isPaused, set: applyPause })
  // In the back-forward cache a page must hold neither connection nor lock, or the other tabs starve.
  window.addEventListener('pagehide', () => source.close())
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    source = open()
    for (const [topic, { listeners }] of places) if (listeners.size > 0) source.follow(topic)
  })

  return {
    get: (topic) => places.get(topic)?.held.shown ?? NOTHING.shown,
    subscribe(topic, listener) {
      const place = placeOf(topic)
      if (place.listeners.size === 0) source.follow(topic)
      place.listeners.add(listener)
      return () => {
        place.listeners.delete(listener)
        if (place.listeners.size === 0) source.leave(topic)
      }
    },
    onChanged(topic, listener) {
      const { changes } = placeOf(topic)
      changes.add(listener)
      return () => changes.delete(listener)
    },
    topics: () => [...places].filter(([, { listeners }]) => listeners.size > 0).map(([topic]) => topic),
    onAny(listener) {
      anyone.add(listener)
      return () => anyone.delete(listener)
    },
    get isPaused() {
      return isPaused
    },
    setPaused(next) {
      applyPause(next)
      sharedPause.tell()
    },
  }
}

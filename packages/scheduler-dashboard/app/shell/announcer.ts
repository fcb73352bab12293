import { createStore, type Store } from '../store.ts'

/** Tells a screen reader what changed, politely and not too often. */
export interface Announcer extends Pick<Store<string>, 'get' | 'subscribe'> {
  /** Says it at once when nothing was said for 10 s, else later; only the last of what waits is said. */
  say(text: string): void
}

const LEAST_MS = 10_000

export function createAnnouncer(): Announcer {
  const store = createStore('')
  let next: string | null = null
  let timer: number | undefined

  function speak(text: string): void {
    store.set(text)
    timer = window.setTimeout(() => {
      timer = undefined
      if (next !== null) speak(next)
      next = null
    }, LEAST_MS)
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    say(text) {
      if (timer === undefined) speak(text)
      else next = text
    },
  }
}

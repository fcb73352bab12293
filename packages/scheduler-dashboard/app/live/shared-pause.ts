export interface SharedPause {
  /** Tells the other tabs what holds in this one. */
  tell(): void
}

interface Pausing {
  get(): boolean
  set(isPaused: boolean): void
}

type Word = 'paused' | 'live' | 'ask'

/** One pause for all tabs of a mount. A tab that opens, or comes back from the cache, asks the others whether they are paused. */
export function createSharedPause(mount: string, pausing: Pausing): SharedPause {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => {} }
  const channel = new BroadcastChannel(`${mount} pause`)
  const say = (word: Word) => channel.postMessage(word)
  const tell = () => say(pausing.get() ? 'paused' : 'live')
  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data === 'ask') tell()
    else pausing.set(data === 'paused')
  })
  window.addEventListener('pageshow', ({ persisted }) => persisted && say('ask'))
  say('ask')
  return { tell }
}

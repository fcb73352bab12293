import { useLayoutEffect, useState } from 'preact/hooks'

/** A value that components follow. */
export interface Store<T> {
  get(): T
  set(value: T): void
  subscribe(listener: () => void): () => void
}

export function createStore<T>(first: T): Store<T> {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Follows from the moment in which it is shown: an effect after the paint would miss what changes in between. */
export function useStore<T>(store: Pick<Store<T>, 'get' | 'subscribe'>): T {
  const [, render] = useState({})
  useLayoutEffect(() => store.subscribe(() => render({})), [store])
  return store.get()
}

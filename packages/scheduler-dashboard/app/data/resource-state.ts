import type { Failure } from './failure.ts'

/** Something that is read from the API. `stale`: the data are old, and could not be read anew. */
export interface ResourceState<T> {
  readonly state: 'loading' | 'ready' | 'stale' | 'error' | 'forbidden' | 'logged-out'
  readonly data: T | null
  readonly failure: Failure | null
  /** A read is under way behind what is shown. */
  readonly isRefreshing: boolean
  /** When what is shown was read. */
  readonly readAtMs: number | null
  /** Newer data that wait until the reader's pointer and focus have left, and how many rows in them are new. */
  readonly waiting: { readonly data: T; readonly count: number; readonly readAtMs: number } | null
}

export function loading<T>(): ResourceState<T> {
  return { state: 'loading', data: null, failure: null, isRefreshing: true, readAtMs: null, waiting: null }
}

export function arrived<T>(before: ResourceState<T>, data: T, news: Arrival<T>): ResourceState<T> {
  const { isHeld, atMs, countNew } = news
  if (isHeld && before.data !== null) {
    // Without a new row it waits too: its values are shown once the reader leaves.
    const waiting = { data, count: countNew(before.data, data), readAtMs: atMs }
    return { ...before, state: 'ready', failure: null, isRefreshing: false, waiting }
  }
  return { state: 'ready', data, failure: null, isRefreshing: false, readAtMs: atMs, waiting: null }
}

export interface Arrival<T> {
  /** Whether rows must not move now. */
  readonly isHeld: boolean
  readonly atMs: number
  readonly countNew: (shown: T, next: T) => number
}

export function failed<T>(before: ResourceState<T>, failure: Failure): ResourceState<T> {
  // Who may no longer see it does not go on seeing it.
  if (failure.kind !== 'error') return { ...loading<T>(), state: failure.kind, failure, isRefreshing: false }
  const state = before.data === null ? 'error' : 'stale'
  return { ...before, state, failure, isRefreshing: false }
}

/** Shows what waited. */
export function released<T>(before: ResourceState<T>): ResourceState<T> {
  const { waiting } = before
  return waiting ? { ...before, data: waiting.data, readAtMs: waiting.readAtMs, waiting: null } : before
}

import { createStore, type Store } from '../../../store.ts'
import type { LaneData } from './load-lane.ts'

export type LaneState =
  | { readonly state: 'loading' | 'failed'; readonly data: LaneData | null }
  | { readonly state: 'ready'; readonly data: LaneData }

/** The lanes that are looked at, each read when it comes into view. */
export interface LaneStore {
  of(job: string): Pick<Store<LaneState>, 'get' | 'subscribe'>
  /** Reads a lane, now or when its turn comes, unless it was read already. */
  want(job: string): void
  /** A lane that went out of view before its turn is not read. */
  unwant(job: string): void
  /** Reads a lane anew when it is in view, or all; what they show stays until then. */
  refresh(job: string): void
  refreshAll(): void
  close(): void
}

/** A browser has few connections to an origin, and others want one too. */
const IN_FLIGHT = 2

const LOADING: LaneState = { state: 'loading', data: null }

export function createLaneStore(load: (job: string, signal: AbortSignal) => Promise<LaneData>): LaneStore {
  const lanes = new Map<string, Store<LaneState>>()
  const wanted = new Set<string>()
  const queue: string[] = []
  const end = new AbortController()
  const busy = new Set<string>()

  function storeOf(job: string): Store<LaneState> {
    const known = lanes.get(job)
    if (known) return known
    const made = createStore<LaneState>(LOADING)
    lanes.set(job, made)
    return made
  }

  function pump(): void {
    while (busy.size < IN_FLIGHT && !end.signal.aborted) {
      const job = queue.shift()
      if (job === undefined) return
      busy.add(job)
      void read(job).finally(() => {
        busy.delete(job)
        pump()
      })
    }
  }

  async function read(job: string): Promise<void> {
    const store = storeOf(job)
    try {
      const data = await load(job, end.signal)
      if (!end.signal.aborted) store.set({ state: 'ready', data })
    } catch {
      if (!end.signal.aborted) store.set({ state: 'failed', data: store.get().data })
    }
  }

  function enqueue(job: string): void {
    if (!queue.includes(job) && !busy.has(job)) queue.push(job)
    pump()
  }

  function refresh(job: string): void {
    if (wanted.has(job)) enqueue(job)
    else lanes.delete(job)
  }

  return {
    of: storeOf,
    refresh,
    refreshAll: () => [...lanes.keys()].forEach(refresh),
    want(job) {
      wanted.add(job)
      if (storeOf(job).get().state !== 'ready') enqueue(job)
    },
    unwant(job) {
      wanted.delete(job)
      const at = queue.indexOf(job)
      if (at !== -1) queue.splice(at, 1)
    },
    close: () => end.abort(),
  }
}

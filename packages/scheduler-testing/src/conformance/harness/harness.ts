import type { SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'

/** One empty store with its sessions, made for one test. `S` is whatever its sessions are. */
export interface StoreHarness<S> {
  readonly sessions: SessionProvider<S>
  readonly store: Store<S>
  /** How many units of work can be open at once (default: as many as one likes). Suites that need more are skipped. */
  readonly concurrentUnits?: number
  /** Opens the same data a second time, as another process would: needed by the suites for shared stores. */
  another?(): Promise<StoreHarness<S>>
  /** Releases everything; called after the test, whatever became of it. */
  close(): Promise<void>
}

export type CreateStoreHarness<S> = () => Promise<StoreHarness<S>>

export interface StoreSuiteOptions {
  /** Random histories per property (default 25). */
  readonly histories?: number
  /** Random histories whose every number is held against a count of all rows (default `histories`). */
  readonly countedHistories?: number
  /** Snapshots that are taken while others write (default 300). */
  readonly snapshots?: number
  /** Replays the histories of one seed, as a failure prints it (default a new seed). */
  readonly seed?: number
}

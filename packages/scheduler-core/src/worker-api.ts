import type { JobChanges } from './api/job-changes.ts'
import type { SchedulerEvents } from './events.ts'
import type { ObservedState } from './reading/snapshot.ts'

/** A process that executes the runs that an engine brings from the schedulers. Operators command the schedulers. */
export interface Worker {
  readonly name: string
  /** True from the end of `open` until `close` is called. */
  readonly isOpen: boolean
  /** `stopped` until open, `error` while the store fails, otherwise what operators want of the scheduler. */
  readonly state: ObservedState
  /** What it does at the moment, for probes and logs. Asks nothing of the store or the engine. */
  readonly health: WorkerHealth
  /**
   * Connects the engine, registers the jobs and takes runs over. The process stays alive until `close` has finished, unless
   * `keepAlive` is false. Idempotent. When it rejects, nothing is open or held.
   */
  open(): Promise<void>
  /**
   * Drains: takes nothing more over, waits up to `graceMs` (default 10,000) for running runs, then aborts the rest, as a
   * scheduler does. Idempotent; resolves within `graceMs` + 500 ms and what the engine needs to end, at most 3 s.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>
  /** Calls `listener` at every event of this name in this process. Returns a function that removes it. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /**
   * For a liveness probe: wakes a loop, and resolves with true when it completes a round within half a second, or has been
   * in one for less than a minute. True while the worker is not open.
   */
  isTurning(): Promise<boolean>
  /** Resolves when no run of this worker is under way and no outcome waits to be written. */
  whenIdle(): Promise<void>
}

/** For a readiness probe: a worker is ready when there are no reasons. */
export interface WorkerHealth {
  /** Machine codes of its problems, such as `ENGINE_FAILING`, `STORE_UNAVAILABLE`, `SCHEDULER_NOT_OPEN`. */
  readonly reasons: readonly string[]
  /** How many runs are under way here, and how many may be at a time; `null` is no limit. */
  readonly running: number
  readonly concurrency: number | null
  /** Messages that the engine brought although their run was not queued (any more), since it opened. */
  readonly droppedMessages: number
  /** How often it left a message for another worker, or for later, since it opened. */
  readonly leftMessages: number
}

/** What `createWorker` makes: a worker in the hands of its host. `S` is the session type of its jobs. */
export interface HostWorker<S> extends Worker, JobChanges<S> {}

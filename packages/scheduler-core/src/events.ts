import type { EpochMs } from './clock.ts'
import type { RunId } from './ids.ts'
import type { ObservedState } from './reading/snapshot.ts'
import type { ProviderCalls, RunProgress } from './run/ledger-entry.ts'
import type { LeftOut } from './run/reduced-outcome.ts'
import type { SettledRunState } from './run/states.ts'

/**
 * The events that a scheduler emits in its process, by name. When a listener throws or rejects, the scheduler logs the
 * error and goes on.
 */
export interface SchedulerEvents {
  /** `open` has finished. */
  opened: object
  /** `close` was called; nothing has been stopped yet. */
  closing: object
  /** This instance starts a claimed run: it calls the handler next. */
  'run-started': { readonly job: string; readonly runId: RunId; readonly startedAt: EpochMs }
  /**
   * The store has taken a run's new progress. Emitted at most once per renewal of the lease, and only when the progress
   * has changed.
   */
  'run-progress': { readonly job: string; readonly runId: RunId } & RunProgress
  /** The store has taken the outcome of a run that this instance executed. */
  'run-settled': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    readonly durationMs: number | null
    readonly latenessMs: number | null
    readonly calls: readonly ProviderCalls[]
  }
  /**
   * The store refuses the outcome of this run, although it takes others. The scheduler holds the outcome back and tries
   * again.
   */
  'outcome-refused': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** `STORE_UNAVAILABLE` or `STORE_REFUSED`; its `cause` is the store's error. */
    readonly error: unknown
  }
  /**
   * The store can never take a part of this run's outcome, such as a character that its encoding lacks. The scheduler
   * leaves that part out.
   */
  'outcome-reduced': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** The part that was left out. There is one event for each part, until the store takes the rest. */
    readonly leftOut: LeftOut
    /** `STORE_REFUSED`; its `cause` is the store's error. */
    readonly error: unknown
  }
  /** `scheduler.state` has changed. */
  'state-changed': { readonly from: ObservedState; readonly to: ObservedState }
}

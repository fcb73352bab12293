import type { EpochMs } from './clock.ts'
import type { RunId } from './ids.ts'
import type { ObservedState } from './reading/snapshot.ts'
import type { ProviderCalls, RunProgress } from './run/ledger-entry.ts'
import type { LeftOut } from './run/reduced-outcome.ts'
import type { RunTrigger, SettledRunState, SkipReason, UnrunState } from './run/states.ts'
import type { StoredError } from './run/stored-error.ts'

/** The events of a scheduler in its own process, by name. What a listener throws or rejects with is logged. */
export interface SchedulerEvents {
  /** `open` has finished. */
  opened: object
  /** `close` was called. Nothing has ended yet. */
  closing: object
  /** A run starts in this process, claimed or taken over. Its handler is called next. */
  'run-started': { readonly job: string; readonly runId: RunId; readonly startedAt: EpochMs }
  /** The store has written a run's progress: at most once per renewal of the lease, and only when it has changed. */
  'run-progress': { readonly job: string; readonly runId: RunId } & RunProgress
  /**
   * The store has written the outcome of a run: one that this instance executed, an orphan that its sweep found, or one that
   * was cancelled here while it was queued. Every run is told once, by the instance that settled it.
   */
  'run-settled': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** The last attempt, from 1; 0 when none began. */
    readonly attempt: number
    readonly trigger: RunTrigger
    /** `null` for a manual run. */
    readonly scheduledFor: EpochMs | null
    /** Why it did not succeed, as the ledger keeps it; `null` for a run that succeeded. */
    readonly error: StoredError | null
    readonly durationMs: number | null
    readonly latenessMs: number | null
    /** How long it waited in a queue until a worker took it over; `null` when it never did. */
    readonly queueWaitMs: number | null
    readonly calls: readonly ProviderCalls[]
  }
  /**
   * A shutdown of this instance broke the run off and left it open: an instance that has the job takes it up again, at
   * `nextAttemptAt` or, where it is `null`, at once.
   */
  'run-released': {
    readonly job: string
    readonly runId: RunId
    /** The last attempt that began. */
    readonly attempt: number
    readonly nextAttemptAt: EpochMs | null
  }
  /** The store has written that due times of a job do not run: one, or an unbroken range of them. */
  'due-times-not-run': {
    readonly job: string
    /** `skipped`: deliberately, for the `reason`. `missed`: nobody was there in time. `suppressed`: in a pause. */
    readonly state: UnrunState
    /** Given exactly when the state is `skipped`. */
    readonly reason: SkipReason | null
    /** The first due time, and the last one. */
    readonly scheduledFor: EpochMs
    readonly through: EpochMs
    readonly dueCount: number
  }
  /** The store refuses to write this run's outcome but writes others. The scheduler holds it back and retries. */
  'outcome-refused': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** `STORE_UNAVAILABLE` or `STORE_REFUSED`. Its `cause` is the store's own error. */
    readonly error: unknown
  }
  /** The store can never take a part of this run's outcome, such as a character that its encoding lacks. */
  'outcome-reduced': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** What is left out of the outcome. Repeats at each step until the store takes the rest. */
    readonly leftOut: LeftOut
    /** `STORE_REFUSED`. Its `cause` is the store's own error. */
    readonly error: unknown
  }
  /** `scheduler.state` has changed. */
  'state-changed': { readonly from: ObservedState; readonly to: ObservedState }
}

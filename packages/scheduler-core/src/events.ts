import type { EpochMs } from './clock.ts'
import type { RunId } from './ids.ts'
import type { ObservedState } from './reading/snapshot.ts'
import type { ProviderCalls, RunProgress } from './run/ledger-entry.ts'
import type { LeftOut } from './run/reduced-outcome.ts'
import type { SettledRunState } from './run/states.ts'

/** The events of a scheduler in its own process, by name. What a listener throws or rejects with is logged. */
export interface SchedulerEvents {
  /** `open` has finished. */
  opened: object
  /** `close` was called. Nothing has ended yet. */
  closing: object
  /** A claimed run starts. The scheduler calls its handler next. */
  'run-started': { readonly job: string; readonly runId: RunId; readonly startedAt: EpochMs }
  /** The store has written a run's progress: at most once per renewal of the lease, and only when it has changed. */
  'run-progress': { readonly job: string; readonly runId: RunId } & RunProgress
  /** The store has written the outcome of a run that this instance executed. */
  'run-settled': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    readonly durationMs: number | null
    readonly latenessMs: number | null
    readonly calls: readonly ProviderCalls[]
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

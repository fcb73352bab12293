import type { EpochMs } from './clock.ts'
import type { RunId } from './ids.ts'
import type { ObservedState } from './reading/snapshot.ts'
import type { ProviderCalls, RunProgress } from './run/ledger-entry.ts'
import type { LeftOut } from './run/reduced-outcome.ts'
import type { SettledRunState } from './run/states.ts'

/** What a scheduler tells its process, by name. A listener that throws or rejects is logged and disturbs nothing. */
export interface SchedulerEvents {
  /** `open` is done. */
  opened: object
  /** `close` was called, and nothing is ended yet. */
  closing: object
  /** A claimed run begins here: its handler is called next. */
  'run-started': { readonly job: string; readonly runId: RunId; readonly startedAt: EpochMs }
  /** The store has learned how far a run has come: at most once per renewal of its lease, and only when that has changed. */
  'run-progress': { readonly job: string; readonly runId: RunId } & RunProgress
  /** The store has the outcome of a run that this instance executed. */
  'run-settled': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    readonly durationMs: number | null
    readonly latenessMs: number | null
    readonly calls: readonly ProviderCalls[]
  }
  /** The store refuses to write the outcome of this run although it writes others. It is held back and tried again. */
  'outcome-refused': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** `STORE_UNAVAILABLE` or `STORE_REFUSED`; its cause is what the store said. */
    readonly error: unknown
  }
  /** The store can never take a part of the outcome of this run, such as a character that its encoding lacks. */
  'outcome-reduced': {
    readonly job: string
    readonly runId: RunId
    readonly state: SettledRunState
    /** What the outcome is written without; named step by step until the store takes the rest. */
    readonly leftOut: LeftOut
    /** `STORE_REFUSED`; its cause is what the store said. */
    readonly error: unknown
  }
  /** What `scheduler.state` answers has changed. */
  'state-changed': { readonly from: ObservedState; readonly to: ObservedState }
}

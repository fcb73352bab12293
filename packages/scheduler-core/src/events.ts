import type { EpochMs } from './clock.ts'
import type { RunId } from './ids.ts'
import type { ProviderCalls, RunProgress } from './run/ledger-entry.ts'
import type { SettledRunState } from './run/states.ts'
import type { ObservedState } from './snapshot/snapshot.ts'

/** What a scheduler tells its process, by name. A listener that throws is logged and disturbs nothing. */
export interface SchedulerEvents {
  /** `open` is done. */
  opened: object
  /** `close` was called, and nothing is ended yet. */
  closing: object
  'run-started': { readonly job: string; readonly runId: RunId; readonly startedAt: EpochMs }
  /** The store has learned how far a run has come: at most once per renewal of its lease, and only when that has changed. */
  'run-progress': { readonly job: string; readonly runId: RunId } & RunProgress
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
    /** `STORE_UNAVAILABLE`; its cause is what the store said. */
    readonly error: unknown
  }
  'state-changed': { readonly from: ObservedState; readonly to: ObservedState }
}

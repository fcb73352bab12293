import type { EpochMs } from './clock.ts'
import type { RunId } from './ids.ts'
import type { SettledRunState } from './run/states.ts'
import type { ObservedState } from './snapshot/snapshot.ts'

/** What a scheduler tells its process, by name. A listener that throws is logged and disturbs nothing. */
export interface SchedulerEvents {
  'run-started': { readonly job: string; readonly runId: RunId; readonly startedAt: EpochMs }
  'run-settled': { readonly job: string; readonly runId: RunId; readonly state: SettledRunState }
  'state-changed': { readonly from: ObservedState; readonly to: ObservedState }
}

import type { JobView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'

/** What running a job now does, given how the job is; `null` until it is known. */
export function RunEffect({ job }: { readonly job: JobView | null }) {
  const words = strings.admin.controls.effects
  const failures = job?.consecutive_failures ?? 0
  return (
    <>
      <p>{words.run}</p>
      {job?.paused && <State state="paused">{words.runPaused}</State>}
      {job && job.running_runs + job.queued_runs > 0 && <State state="late">{words.overlap}</State>}
      {failures > 0 && <State state="failed">{words.runFails(failures)}</State>}
    </>
  )
}

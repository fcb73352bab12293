import type { AdminStatusV2, JobView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'

export interface Circumstances {
  readonly canControl: boolean
  /** `null` while it is not known: then the server decides. */
  readonly scheduler: AdminStatusV2['scheduler']['state'] | null
}

type Reasons = Readonly<Record<'pause' | 'resume' | 'run' | 'backfill', string | null>>

/** Why each control would do nothing now; `null` where it would. */
export function whyNot(
  {
    paused,
    running_runs,
    queued_runs,
    policies,
    retired_at,
  }: Pick<JobView, 'paused' | 'running_runs' | 'queued_runs' | 'policies' | 'retired_at'>,
  { canControl, scheduler }: Circumstances,
): Reasons {
  const words = strings.job.controls
  if (!canControl) {
    const { readOnly } = strings.jobs
    return { pause: readOnly, resume: readOnly, run: readOnly, backfill: readOnly }
  }
  if (retired_at !== null) {
    const { isRetired } = words
    return { pause: isRetired, resume: isRetired, run: isRetired, backfill: isRetired }
  }
  const isStopped = scheduler === 'stopped' || scheduler === 'error'
  const down = isStopped ? words.schedulerIs(scheduler) : null
  const busy = running_runs > 0 ? words.isRunning : queued_runs > 0 ? words.isQueued : null
  return {
    pause: paused === null ? null : words.isPaused,
    resume: paused === null ? words.isNotPaused : null,
    run: down ?? (policies.overlap_policy === 'allow' ? null : busy),
    backfill: down,
  }
}

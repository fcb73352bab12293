import type { AdminStatusV2, RunView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'

export interface RunCircumstances {
  readonly canControl: boolean
  /** `null` while it is not known. */
  readonly scheduler: AdminStatusV2['scheduler']['state'] | null
}

/** Why a control of a run would do nothing now; `null` where it would. */
export function whyNoCommand(
  { state, cancel_requested }: Pick<RunView, 'state' | 'cancel_requested'>,
  { canControl, scheduler }: RunCircumstances,
): Readonly<Record<'again' | 'cancel', string | null>> {
  const words = strings.runs.controls
  if (!canControl) return { again: strings.jobs.readOnly, cancel: strings.jobs.readOnly }
  const isStopped = scheduler === 'stopped' || scheduler === 'error'
  const goesOn = state === 'running' ? words.isRunning : state === 'queued' ? words.isQueued : null
  const again = goesOn ?? (isStopped ? strings.job.controls.schedulerIs(scheduler) : null)
  const cancel = goesOn === null ? words.isOver : cancel_requested ? words.isCancelled : null
  return { again, cancel }
}

import type { CommandResultView, JobConfigBody, JobView } from '@pm/scheduler-core/contract/v2'

import type { CommandOutcome } from '../../../data/follow-command.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'

export interface Configuring {
  readonly title: string
  readonly job: string
  readonly body: JobConfigBody
  /** Whether the job is seen to be as it was asked for, and as the server answered. */
  readonly isSeen: (job: JobView, result: CommandResultView) => boolean
}

/**
 * Changes settings, based on those that were read as the dialog opened: when somebody else was faster, the change is
 * refused, what is in effect is read anew, and the reader decides again.
 */
export function useConfigure(
  scheduler: string,
  onConflict: () => void,
): (asked: Configuring) => Promise<CommandOutcome<CommandResultView>> {
  const send = useCommand(scheduler)
  const config = useResource('config', ({ admin }) => admin.config(), { scheduler })
  const version = config.data?.version
  return async ({ title, job, body, isSeen }) => {
    const outcome = await send<CommandResultView>({
      title,
      send: ({ admin }, call) =>
        admin.configureJob(job, body, { ...call, ...(version !== undefined && { ifMatch: `"${version}"` }) }),
      isApplied: async ({ api, result }) => isSeen(await api.admin.job(job), result),
    })
    if (outcome.kind === 'accepted' || outcome.failure.code !== 'PRECONDITION_FAILED') return outcome
    config.reload()
    onConflict()
    return { ...outcome, failure: { ...outcome.failure, text: strings.policies.conflict } }
  }
}

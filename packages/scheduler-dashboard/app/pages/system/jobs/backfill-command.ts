import type { BackfillQueuedView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { Command } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'

export interface BackfillAsked {
  readonly from: string
  readonly to: string
  readonly why: string
  /** Where the runs of the backfill are. */
  readonly href: string
}

const LOOK_MS = 2_000
const LOOKS = 150

/** Queues past due times, and tells how many of them still wait. */
export function backfillCommand(job: string, { from, to, why, href }: BackfillAsked): Command<BackfillQueuedView> {
  const words = strings.backfill
  return {
    title: words.title(job),
    send: ({ admin }, call) => admin.backfillJob(job, { from, to, why }, call),
    async isApplied({ api, result }) {
      return (
        result.queued === 0 || (await api.admin.runs({ job, trigger: 'backfill', from, to, limit: 1 })).items.length > 0
      )
    },
    link: () => ({ label: words.see, href }),
    async follow(_result, api, tell) {
      for (let look = 0; look < LOOKS; look++) {
        const left = await leftIn(api, { job, from, to })
        tell(left === 0 ? words.done : words.left(left), left === 0 ? 'applied' : 'accepted')
        if (left === 0) return
        await new Promise((resolve) => window.setTimeout(resolve, LOOK_MS))
      }
    },
  }
}

async function leftIn(
  api: Api,
  { job, from, to }: { readonly job: string; readonly from: string; readonly to: string },
): Promise<number> {
  const { count, left_out } = await api.admin.previewBackfill(job, { from, to })
  return count + left_out.running
}

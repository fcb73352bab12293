import { useRef } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import type { Api } from '../../../data/api.ts'
import type { Failure } from '../../../data/failure.ts'
import { useResource } from '../../../data/use-resource.ts'
import type { AttentionRow } from './to-attention.ts'
import {
  type Cause,
  causeOfDueTime,
  causeOfFailure,
  causeOfLongRun,
  causeOfNoSuccess,
  causeOfNoWorker,
  causeOfPause,
} from './to-cause.ts'

/** Why a job needs attention: read once its row is seen, and again when what it is about has changed. */
export function useCause(
  row: AttentionRow,
  { isSeen }: { readonly isSeen: boolean },
): { readonly cause: Cause | null; readonly failure: Failure | null } {
  const { clock } = useApp()
  const { item, worst, scheduler } = row
  const about = [
    worst,
    row.id,
    item.last_failure_at,
    item.last_run_at,
    item.running_runs,
    item.queued_runs,
    item.paused_until,
  ].join(' ')
  const { data, failure } = useResource(isSeen ? about : null, (api) => readCause(api, row, clock.now()), { scheduler })
  // What was known stays while it is read anew, so that the row does not jump.
  const last = useRef<Cause | null>(null)
  if (data !== null) last.current = data
  return { cause: data ?? last.current, failure }
}

async function readCause({ admin }: Api, row: AttentionRow, nowMs: number): Promise<Cause | null> {
  const { job, worst, item } = row
  switch (worst) {
    case 'failing':
      return causeOfFailure(
        (await admin.runs({ job, state: 'failed,timed_out,orphaned,interrupted', limit: 1 })).items[0],
      )
    case 'running_long':
      return causeOfLongRun((await admin.runs({ job, state: 'running', limit: 1 })).items[0])
    case 'no_worker':
      return causeOfNoWorker(item, nowMs)
    case 'paused':
      return causeOfPause(await admin.job(job))
    case 'overdue': {
      const { next_run_at: at } = item
      // A due time that did not start has its reason; else it is its successes that are missing.
      if (at !== null && Date.parse(at) < nowMs) return causeOfDueTime(await admin.explain(job, { at }))
      return causeOfNoSuccess((await admin.runs({ job, limit: 1 })).items[0])
    }
  }
}

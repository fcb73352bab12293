import { useRef } from 'preact/hooks'

import type { Api } from '../../../data/api.ts'
import type { Failure } from '../../../data/failure.ts'
import { useResource } from '../../../data/use-resource.ts'
import type { AttentionRow } from './to-attention.ts'
import { type Cause, causeOfFailure, causeOfLongRun, causeOfPause } from './to-cause.ts'

/** Why a job needs attention: read once its row is seen, and again when what it is about has changed. */
export function useCause(
  row: AttentionRow,
  { isSeen }: { readonly isSeen: boolean },
): { readonly cause: Cause | null; readonly failure: Failure | null } {
  const { item, worst, scheduler } = row
  const about = [worst, row.id, item.last_failure_at, item.last_run_at, item.running_runs, item.paused_until].join(' ')
  const { data, failure } = useResource(isSeen ? about : null, (api) => readCause(api, row), { scheduler })
  // What was known stays while it is read anew, so that the row does not jump.
  const last = useRef<Cause | null>(null)
  if (data !== null) last.current = data
  return { cause: data ?? last.current, failure }
}

async function readCause({ admin }: Api, { job, worst, item }: AttentionRow): Promise<Cause | null> {
  switch (worst) {
    case 'failing':
      return causeOfFailure((await admin.runs({ job, state: 'failed,timed_out,orphaned', limit: 1 })).items[0])
    case 'running_long':
      return causeOfLongRun((await admin.runs({ job, state: 'running', limit: 1 })).items[0])
    case 'paused':
      return causeOfPause(await admin.job(job))
    case 'overdue': {
      const { next_run_at: at } = item
      return at === null ? null : { text: (await admin.explain(job, { at })).text, runId: null, since: at, ends: null }
    }
  }
}

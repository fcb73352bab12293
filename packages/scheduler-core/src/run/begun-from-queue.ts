import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import type { Run } from './ledger-entry.ts'

/** Who begins a queued run, and when. */
export interface TakingOver {
  readonly owner: InstanceId
  readonly now: EpochMs
  readonly leaseUntil: EpochMs
}

/** Whether a run was queued and no worker has taken it over: it waits still, or it was cancelled before. */
export function isNeverTakenOver({ queuedAt, queueWaitMs }: Pick<Run, 'queuedAt' | 'queueWaitMs'>): boolean {
  return queuedAt !== null && queueWaitMs === null
}

/** A queued run as it is once a worker has taken it over. A clock that is behind makes no negative wait. */
export function begunFromQueue(run: Run, { owner, now, leaseUntil }: TakingOver): Run {
  const { trigger, scheduledFor, queuedAt, attempt, fence } = run
  return {
    ...run,
    state: 'running',
    attempt: attempt + 1,
    fence: fence + 1,
    owner,
    startedAt: now,
    leaseUntil,
    latenessMs: trigger === 'schedule' && scheduledFor !== null ? Math.max(0, now - scheduledFor) : null,
    queueWaitMs: Math.max(0, now - (queuedAt ?? now)),
  }
}

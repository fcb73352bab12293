import type { BackfillQueue } from '../../api/backfills.ts'
import type { EpochMs } from '../../clock.ts'
import type { ActiveRuns } from '../run/active-runs.ts'
import { createBackfillRecords } from './backfill-records.ts'

/** The due times that wait to be backfilled, by job, and what became of those before them. */
export interface BackfillQueues {
  readonly isEmpty: boolean
  /** The jobs with due times that wait. Queues may be added and dropped meanwhile. */
  jobs(): Iterable<string>
  /** The earliest first. */
  waiting(job: string): readonly EpochMs[]
  /** Each due time waits once. */
  add(job: string, dueTimes: readonly EpochMs[]): void
  /** Takes out the due times whose turn has come, and counts them. */
  took(job: string, of: { readonly passed: readonly EpochMs[]; readonly claimed: number }): void
  /** Forgets what waits of one job. What became of the others is still told. */
  drop(job: string): void
  /** Forgets what waits of every job. */
  clear(): void
  read(job: string): BackfillQueue
}

export function createBackfillQueues(active: Pick<ActiveRuns, 'executions'>): BackfillQueues {
  const queues = new Map<string, Set<EpochMs>>()
  const records = createBackfillRecords(active)

  const waiting = (job: string) => [...(queues.get(job) ?? [])].sort((a, b) => a - b)

  return {
    get isEmpty() {
      return queues.size === 0
    },
    jobs: () => queues.keys(),
    waiting,
    add(job, dueTimes) {
      if (!queues.has(job)) records.begin(job)
      const queue = queues.get(job) ?? new Set()
      for (const due of dueTimes) queue.add(due)
      if (queue.size > 0) queues.set(job, queue)
    },
    took(job, { passed, claimed }) {
      const queue = queues.get(job)
      for (const due of passed) queue?.delete(due)
      if (queue?.size === 0) queues.delete(job)
      records.took(job, { passed: passed.length, claimed })
    },
    drop: (job) => void queues.delete(job),
    clear: () => queues.clear(),
    read: (job) => ({ waiting: waiting(job), ...records.read(job) }),
  }
}

import type { JobReading } from './snapshot.ts'

const STALLED = 'QUEUE_STALLED'
const NO_WORKER = 'NO_WORKER'

/**
 * The problems of the queues of these jobs. `QUEUE_STALLED`: a run has been queued for longer than ten times the time after
 * which it is handed over again. `NO_WORKER`: a job has queued runs, and no live worker has it. Runs that wait for the end
 * of a pause or a stop are none.
 */
export function queueReasonsIn(jobs: Iterable<Pick<JobReading, 'conditions' | 'isQueueStalled'>>): readonly string[] {
  const found = new Set<string>()
  for (const { conditions, isQueueStalled } of jobs) {
    if (isQueueStalled) found.add(STALLED)
    if (conditions.includes('no_worker')) found.add(NO_WORKER)
  }
  return [STALLED, NO_WORKER].filter((reason) => found.has(reason))
}

/** The reasons with those of the queues as they are of these jobs alone, in the same order. */
export function withQueueReasonsOf(
  reasons: readonly string[],
  jobs: Iterable<Pick<JobReading, 'conditions' | 'isQueueStalled'>>,
): readonly string[] {
  const ofThese = queueReasonsIn(jobs)
  return reasons.filter((reason) => (reason !== STALLED && reason !== NO_WORKER) || ofThese.includes(reason))
}

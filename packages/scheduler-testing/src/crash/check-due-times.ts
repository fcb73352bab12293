import { type EpochMs, type LedgerEntry, nextDue } from '@pm/scheduler-core'

import type { CheckedJob, HistoryCheck, Violation } from './history-check.ts'

/** Every due time between a job's first cursor and its last is in exactly one entry of the ledger. */
export function checkDueTimes({ jobs, ledger }: Pick<HistoryCheck, 'jobs' | 'ledger'>): readonly Violation[] {
  return jobs.flatMap((job) => {
    const entries = ledger.filter((entry) => entry.job === job.job)
    return checkJob(job, entries)
  })
}

function checkJob(job: CheckedJob, entries: readonly LedgerEntry[]): readonly Violation[] {
  const violations: Violation[] = []
  const due = dueTimes(job, job.since, job.cursor)
  const accounted = new Map(due.map((at) => [at, 0]))
  const say = (kind: Violation['kind'], at: EpochMs, how: string) =>
    violations.push({ kind, what: `${job.job} at ${new Date(at).toISOString()}: ${how}` })

  for (const entry of entries) {
    const times = dueTimesOf(job, entry)
    if (entry.kind === 'unrun' && times.length !== entry.dueCount) {
      say('not-due', entry.scheduledFor, `counts ${entry.dueCount} due times and spans ${times.length}`)
    }
    for (const at of times) {
      const before = accounted.get(at)
      if (before === undefined) say('not-due', at, `in an entry (${entry.state}), and not due between the cursors`)
      else accounted.set(at, before + 1)
    }
  }
  for (const [at, count] of accounted) {
    if (count === 0) say('due-time-lost', at, 'in no entry')
    if (count > 1) say('due-time-twice', at, `in ${count} entries`)
  }
  return violations
}

/** The due times that an entry accounts for. Manual runs and reruns account for none. */
function dueTimesOf(job: CheckedJob, entry: LedgerEntry): readonly EpochMs[] {
  if (entry.kind === 'unrun') return dueTimes(job, entry.scheduledFor - 1, entry.through)
  return entry.trigger === 'schedule' && entry.scheduledFor !== null ? [entry.scheduledFor] : []
}

/** The due times in `(after, upTo]`. */
function dueTimes({ schedule }: CheckedJob, after: EpochMs, upTo: EpochMs): EpochMs[] {
  const times: EpochMs[] = []
  let next = nextDue(schedule, new Date(after))
  while (next !== null && next.getTime() <= upTo) {
    times.push(next.getTime())
    next = nextDue(schedule, next)
  }
  return times
}

import type { DueTime, JobAudit, Scheduler } from '@pm/scheduler-core'
import { expect } from 'vitest'

/** A list as long as this says nothing more, and takes long to read. */
const MAX_CHECKED = 3_000
/** No divisor of a round number of due times, so that pages end anywhere. */
const LIMIT = 97

/** Holds the list of a job's due times against its audit: each is there once, in order, with the fate that was counted. */
export async function expectDueTimes(scheduler: Scheduler, audit: JobAudit): Promise<void> {
  if (audit.from === audit.to || audit.expected > MAX_CHECKED) return
  const due = await allDueTimes(scheduler, audit.job, { from: audit.from, to: audit.to, limit: LIMIT })
  const instants = due.map(({ dueAt }) => dueAt)
  expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b))
  const counts = { expected: due.length, ...NOTHING }
  for (const each of due) counts[countOf(each)]++
  const { expected, started, skipped, suppressed, missed, pending } = audit
  const unexplained = audit.unexplained.reduce((sum, { count }) => sum + count, 0)
  expect(counts).toEqual({ expected, started, skipped, suppressed, missed, pending, unexplained })
}

/** Follows the pages to their end. */
export async function allDueTimes(
  scheduler: Scheduler,
  job: string,
  query: { readonly from: number; readonly to: number; readonly limit?: number },
): Promise<readonly DueTime[]> {
  const due: DueTime[] = []
  let cursor: string | null = null
  do {
    const page = await scheduler.dueTimes(job, { ...query, ...(cursor !== null && { cursor }) })
    expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 500)
    due.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return due
}

const NOTHING = { started: 0, skipped: 0, suppressed: 0, missed: 0, pending: 0, unexplained: 0 }

/** The count of an audit in which a due time is. To an audit, what is foreseen or unknown does not exist. */
function countOf(due: DueTime): keyof typeof NOTHING {
  if (due.kind === 'recorded') return due.entry.kind === 'run' ? 'started' : due.entry.state
  return due.kind === 'pending' ? 'pending' : 'unexplained'
}

import type { AuditView, JobAuditView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { addCounts, FATES, type FateCounts, fateOf, isProblem } from './fates.ts'

/** A job in the picture, with its counts over the whole range. */
export interface LaneHead {
  readonly job: string
  readonly audit: JobAuditView
  readonly counts: FateCounts
  /** Due times to look at. */
  readonly problems: number
}

/** What the ledger has of a range beside success: the audit tells started from not started, and no more. */
export interface Outcomes {
  readonly entries: readonly LedgerEntryView[]
  /** False when there are more than were read. */
  readonly isComplete: boolean
}

/** A lane for each job: those with most problems first, then by name. */
export function toLanes(audit: AuditView, { entries }: Outcomes): readonly LaneHead[] {
  const byJob = new Map<string, LedgerEntryView[]>()
  for (const entry of entries) {
    const known = byJob.get(entry.job)
    if (known) known.push(entry)
    else byJob.set(entry.job, [entry])
  }
  return audit.items
    .map((item) => laneOf(item, byJob.get(item.job) ?? []))
    .sort((one, other) => other.problems - one.problems || (one.job < other.job ? -1 : 1))
}

function laneOf(audit: JobAuditView, entries: readonly LedgerEntryView[]): LaneHead {
  const told = entries.reduce<FateCounts>((sum, entry) => addCounts(sum, { [fateOf(entry)]: countOf(entry) }), {})
  const ofSchedule = entries.filter((entry) => entry.kind === 'run' && entry.trigger === 'schedule').length
  const backfills = entries.filter((entry) => entry.kind === 'run' && entry.trigger === 'backfill').length
  const counts: FateCounts = {
    ...told,
    unexplained: audit.unexplained.reduce((sum, { count }) => sum + count, 0),
    missed: audit.missed,
    skipped: Math.max(0, audit.skipped - (told.excluded ?? 0)),
    suppressed: audit.suppressed,
    pending: audit.pending,
    caughtUp: Math.max(0, audit.backfilled - backfills),
    ran: Math.max(0, audit.started - ofSchedule),
  }
  const problems = FATES.reduce((sum, fate) => sum + (isProblem(fate) ? (counts[fate] ?? 0) : 0), 0)
  return { job: audit.job, audit, counts, problems }
}

function countOf(entry: LedgerEntryView): number {
  return entry.kind === 'unrun' ? entry.due_count : 1
}

/** All lanes together. */
export function sumOf(lanes: readonly LaneHead[]): FateCounts {
  return lanes.reduce<FateCounts>((sum, { counts }) => addCounts(sum, counts), {})
}

export function filterLanes(
  lanes: readonly LaneHead[],
  { search, show }: { readonly search: string; readonly show: 'all' | 'problems' },
): readonly LaneHead[] {
  const wanted = search.trim().toLowerCase()
  return lanes.filter(
    ({ job, problems }) => (show === 'all' || problems > 0) && (wanted === '' || job.toLowerCase().includes(wanted)),
  )
}

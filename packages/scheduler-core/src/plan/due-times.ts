import type { EpochMs } from '../clock.ts'
import type { LedgerEntry, Run } from '../run/ledger-entry.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { type DueTimeFacts, type DueTimeJudgement, judgeDueTime } from './judge-due-time.ts'
import type { ScheduleEra } from './schedule-history.ts'

/** A due time of a job, what became of it or will, and the runs that made up for it. */
export type DueTime = DueTimeJudgement & {
  readonly dueAt: EpochMs
  /** Reruns of an orphan and a backfill, oldest first. */
  readonly later: readonly Run[]
}

/** A due time, and the schedule that it is due by. */
export interface ScheduledInstant {
  readonly dueAt: EpochMs
  readonly schedule: Schedule
}

/** The first `limit` due times of `[from, to)`, by the schedule that held at each. Visits no others. */
export function firstDueTimes(
  eras: readonly ScheduleEra[],
  { from, to, limit }: { readonly from: EpochMs; readonly to: EpochMs; readonly limit: number },
): readonly ScheduledInstant[] {
  const found: ScheduledInstant[] = []
  for (const { after, upTo, schedule } of eras) {
    if (schedule === null) continue
    let dueAt = nextDueAt(schedule, Math.max(after, from - 1))
    while (dueAt !== null && dueAt <= upTo && dueAt < to && found.length < limit) {
      found.push({ dueAt, schedule })
      dueAt = nextDueAt(schedule, dueAt)
    }
  }
  return found
}

/**
 * Judges due times, oldest first, by the entries of the ledger that concern them. The entries may come in any order, and
 * among them may be others.
 */
export function judgeDueTimes(
  dueTimes: readonly ScheduledInstant[],
  facts: DueTimeFacts,
  entries: readonly LedgerEntry[],
): readonly DueTime[] {
  const runs = entries.filter((entry) => entry.kind === 'run')
  const own = ownEntries(dueTimes, entries)
  const later = Map.groupBy(
    runs.filter(({ trigger }) => trigger !== 'schedule'),
    ({ scheduledFor }) => scheduledFor,
  )
  return dueTimes.map(({ dueAt, schedule }) => {
    const rule = { ...facts.rule, job: { ...facts.rule.job, schedule } }
    const judged = judgeDueTime(dueAt, { ...facts, rule }, own.get(dueAt) ?? null)
    return { dueAt, ...judged, later: (later.get(dueAt) ?? []).sort((a, b) => a.startedAt - b.startedAt) }
  })
}

/** The entry of each due time: its run, or else the range that covers it. */
function ownEntries(dueTimes: readonly ScheduledInstant[], entries: readonly LedgerEntry[]) {
  const own = new Map<EpochMs, LedgerEntry>()
  for (const entry of entries) {
    if (entry.kind === 'run' && entry.trigger === 'schedule' && entry.scheduledFor !== null) {
      own.set(entry.scheduledFor, entry)
    }
  }
  for (const entry of entries) {
    if (entry.kind !== 'unrun') continue
    let index = firstFrom(dueTimes, entry.scheduledFor)
    for (let due = dueTimes[index]; due && due.dueAt <= entry.through; due = dueTimes[++index]) {
      if (!own.has(due.dueAt)) own.set(due.dueAt, entry)
    }
  }
  return own
}

/** The index of the first due time that is not before an instant. */
function firstFrom(dueTimes: readonly ScheduledInstant[], instant: EpochMs): number {
  let [low, high] = [0, dueTimes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((dueTimes[middle]?.dueAt ?? Infinity) < instant) low = middle + 1
    else high = middle
  }
  return low
}

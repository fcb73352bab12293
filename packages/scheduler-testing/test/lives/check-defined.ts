import { type EpochMs, type LedgerEntry, nextDue, type Schedule } from '@pm/scheduler-core'

import { LEASE_MS, type Life, type LivedProcess } from './live-through.ts'
import { JOBS, type JobName } from './story.ts'

/** How long it may take until the others have noticed that a process has gone. */
const HEARD_MS = 2 * LEASE_MS

/**
 * What no open instance had defined at that time is in no entry, and what all of them had defined alike is in one. In
 * between, while releases differ, the store decides, and one of them has it.
 */
export function checkDefined(life: Life): readonly string[] {
  return JOBS.flatMap((job) => checkJob(life, job))
}

function checkJob(life: Life, job: JobName): readonly string[] {
  const entries = life.ledger.filter((entry) => entry.job === job && isOfSchedule(entry))
  return [...invented(life, job, entries), ...lost(life, job, entries)]
}

/** The ends of entries that are no due time of any schedule that the job may have had then. */
function invented(life: Life, job: JobName, entries: readonly LedgerEntry[]): readonly string[] {
  return entries.flatMap((entry) => {
    const what = entry.kind === 'unrun' ? entry.state : 'a run'
    return endsOf(entry)
      .filter((dueAt) => !mayBeDue(life, job, dueAt))
      .map((dueAt) => `${job}: ${what} at ${new Date(dueAt).toISOString()}, which nobody had defined`)
  })
}

/** At the very instant of a change, what held before it counts as well. */
function mayBeDue(life: Life, job: JobName, dueAt: EpochMs): boolean {
  const schedules = [dueAt - 1, dueAt].flatMap((at) => definedAt(life, job, at))
  return schedules.some((schedule) => schedule !== null && isDue(schedule, dueAt))
}

/**
 * The due times that are not in exactly one entry, of the stretches in which all that lived had one schedule for the job.
 * After the last entry a due time may be held back by a run that waits: the audit calls it pending.
 */
function lost(life: Life, job: JobName, entries: readonly LedgerEntry[]): readonly string[] {
  const accountedTo = Math.max(...entries.map(throughOf))
  return agreed(life, job).flatMap(({ from, to, schedule }) =>
    dueTimesIn(schedule, { after: from, upTo: Math.min(to, accountedTo) }).flatMap((dueAt) => {
      const own = entries.filter((entry) => isIn(entry, dueAt))
      return own.length === 1 ? [] : [`${job}: ${own.length} entries for ${new Date(dueAt).toISOString()}`]
    }),
  )
}

/** The first due time of an entry, and the last one where it stands for several. */
function endsOf(entry: LedgerEntry): readonly EpochMs[] {
  if (entry.kind === 'unrun') return [entry.scheduledFor, entry.through]
  return entry.scheduledFor === null ? [] : [entry.scheduledFor]
}

function isIn(entry: LedgerEntry, dueAt: EpochMs): boolean {
  return entry.scheduledFor !== null && entry.scheduledFor <= dueAt && dueAt <= throughOf(entry)
}

function throughOf(entry: LedgerEntry): EpochMs {
  return entry.kind === 'unrun' ? entry.through : (entry.scheduledFor ?? -Infinity)
}

interface Agreed {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly schedule: Schedule
}

/** The stretches in which all that lived had one schedule for the job. */
function agreed(life: Life, job: JobName): readonly Agreed[] {
  const changes = life.processes.flatMap((process) => [
    process.openedAt,
    endOf(process, life),
    heardUntil(process, life),
  ])
  const cuts = [...new Set(changes)].filter((cut) => cut <= life.endedAt).sort((a, b) => a - b)
  return cuts.flatMap((from, index): Agreed[] => {
    const to = cuts[index + 1] ?? life.endedAt
    if (to <= from) return []
    const defined = definedAt(life, job, (from + to) / 2)
    const [schedule] = defined
    if (!schedule || defined.some((other) => JSON.stringify(other) !== JSON.stringify(schedule))) return []
    return [{ from, to: to - 1, schedule }]
  })
}

/**
 * The schedules that the job may have had at an instant, `null` for none: those of the processes that lived. While none is
 * open nothing changes, so those that were heard of last still hold.
 */
function definedAt(life: Life, job: JobName, at: EpochMs): readonly (Schedule | null)[] {
  const opened = life.processes.filter(({ openedAt }) => openedAt <= at)
  const lastOpenAt = Math.max(...opened.map((process) => Math.min(at, endOf(process, life))))
  const holding = opened.filter((process) => lastOpenAt <= heardUntil(process, life))
  return holding.map((process) => life.scheduleOf(process, job))
}

function endOf({ endedAt }: LivedProcess, life: Life): EpochMs {
  return endedAt ?? life.endedAt
}

function heardUntil(process: LivedProcess, life: Life): EpochMs {
  return endOf(process, life) + HEARD_MS
}

function isOfSchedule(entry: LedgerEntry): boolean {
  return entry.kind === 'unrun' || entry.trigger === 'schedule'
}

function isDue(schedule: Schedule, at: EpochMs): boolean {
  return nextDueAfter(schedule, at - 1) === at
}

function dueTimesIn(schedule: Schedule, { after, upTo }: { readonly after: EpochMs; readonly upTo: EpochMs }) {
  const dueTimes: EpochMs[] = []
  for (let at = nextDueAfter(schedule, after); at !== null && at <= upTo; at = nextDueAfter(schedule, at)) {
    dueTimes.push(at)
  }
  return dueTimes
}

function nextDueAfter(schedule: Schedule, after: EpochMs): EpochMs | null {
  return nextDue(schedule, new Date(after))?.getTime() ?? null
}

import { type EpochMs, toIso } from '../clock.ts'
import type { CommandActor, ControlState } from '../control/control.ts'
import { pauseIn } from '../control/pauses.ts'
import type { JobPolicies } from '../job/job.ts'
import { isNeverTakenOver } from '../run/begun-from-queue.ts'
import type { LedgerEntry, Run, UnrunRange } from '../run/ledger-entry.ts'
import { inWords } from '../schedule/in-words.ts'
import { calendarExcluding } from './exclusions.ts'
import type { ForeseenDueTime } from './preview.ts'

export function describeNotDue(
  at: EpochMs,
  { previous, next }: { readonly previous: EpochMs | null; readonly next: EpochMs | null },
): string {
  const before = previous === null ? 'there is none before it' : `the one before is ${toIso(previous)}`
  const after = next === null ? 'there is none after it' : `the next is ${toIso(next)}`
  return `${toIso(at)} is no due time: ${before}, ${after}.`
}

export function describeNotDefined(
  at: EpochMs,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs | null },
): string {
  const until = to === null ? 'and none has had it since' : `and the next one that had it opened at ${toIso(to)}`
  return `${toIso(at)} was not due: no open instance had the job. The last one had it until ${toIso(from)}, ${until}.`
}

export function describeRecorded(
  at: EpochMs,
  recorded: { readonly entry: LedgerEntry; readonly later: readonly Run[]; readonly job: JobPolicies },
): string {
  const { entry, later, job } = recorded
  const first = entry.kind === 'run' ? `It ${describeRun(entry)}.` : describeUnrun(at, entry, job)
  const more = later.map((run) => `A ${run.trigger === 'backfill' ? 'backfill' : 'rerun'} of it ${describeRun(run)}.`)
  return [`${toIso(at)} was due.`, first, ...more].join(' ')
}

export function describeUnknown(
  at: EpochMs,
  { reason, since }: { readonly reason: 'first-known' | 'retention' | 'unexplained'; readonly since: EpochMs },
): string {
  switch (reason) {
    case 'first-known':
      return `${toIso(at)} was due by this schedule, but the job was not registered yet: it is known since ${toIso(since)}.`
    case 'retention':
      return `${toIso(at)} was due; what became of it is older than the retention and may be deleted.`
    case 'unexplained':
      return `${toIso(at)} was due by this schedule, and the ledger has no entry for it. It should: something was lost.`
  }
}

export interface PendingFacts {
  readonly job: JobPolicies
  readonly now: EpochMs
  readonly control: ControlState
  readonly running: number
  readonly foreseen: ForeseenDueTime
  readonly startsAt: EpochMs
}

export function describePending(at: EpochMs, facts: PendingFacts): string {
  const { now, running, job, startsAt, foreseen } = facts
  const due = `${toIso(at)} is due, and nothing is decided yet`
  if (foreseen.fate !== 'run') return `${due}: ${whyNot(at, facts)}.`
  if (startsAt > now) return `${due}: with its jitter it starts at ${toIso(startsAt)}.`
  if (running > 0 && job.overlapPolicy !== 'allow') return `${due}: a run of the job is still going.`
  return `${due}: no instance has taken it up, or those that are open have no room.`
}

export function describeForeseen(
  at: EpochMs,
  facts: { readonly control: ControlState; readonly job: JobPolicies; readonly foreseen: ForeseenDueTime },
): string {
  const { foreseen } = facts
  if (foreseen.fate !== 'run') return `${toIso(at)} will be due and would not run: ${whyNot(at, facts)}.`
  const jitter =
    foreseen.startsAt === at || foreseen.startsAt === null ? '' : `, with jitter at ${toIso(foreseen.startsAt)}`
  return `${toIso(at)} will be due and would run${jitter}, unless the run before it is still going then.`
}

/** Names the calendar, pause or stop that keeps a due time from running. */
function whyNot(at: EpochMs, { control, job, foreseen }: Pick<PendingFacts, 'control' | 'job' | 'foreseen'>): string {
  if (foreseen.fate === 'excluded') return `calendar "${foreseen.calendar}" excludes it`
  if (foreseen.fate === 'missed') return `the scheduler was stopped ${byWhom(control)}, so it will be missed`
  const { pausedUntil, desired } = control
  const pause = pauseIn(control, job.name)
  const wholeScheduler = desired === 'paused' && (pausedUntil === null || pausedUntil >= at)
  if (wholeScheduler || !pause) return `the scheduler was paused ${byWhom(control)}, ${untilWhen(pausedUntil)}`
  return `the job was paused ${byWhom(pause)}, ${untilWhen(pause.until)}`
}

function byWhom({ by, why, at }: CommandActor & { readonly at: EpochMs }): string {
  return `by "${by}" at ${toIso(at)}${why === null ? '' : ` ("${why}")`}`
}

function untilWhen(until: EpochMs | null): string {
  return until === null ? 'until somebody resumes it' : `until ${toIso(until)}`
}

function describeRun(run: Run): string {
  const { state, startedAt, latenessMs, durationMs, attempt, error } = run
  if (isNeverTakenOver(run)) return describeQueued(run)
  const start = `started at ${toIso(startedAt)}${latenessMs === null ? '' : `, ${inWords(latenessMs)} late`}`
  const tries = attempt > 1 ? ` at try ${attempt}` : ''
  const took = durationMs === null ? '' : ` after ${inWords(durationMs)}`
  const reason = error === null ? '' : `: ${error.message.replace(/\.$/, '')}`
  return `${start} and ${OUTCOMES[state]}${tries}${took}${reason}`
}

function describeQueued({ startedAt, state }: Run): string {
  if (state === 'queued') return `has waited in a queue for a worker since ${toIso(startedAt)}`
  return `was queued at ${toIso(startedAt)} and ${OUTCOMES[state]} before a worker took it over`
}

const OUTCOMES = {
  queued: 'waits for a worker',
  running: 'is still going',
  succeeded: 'succeeded',
  failed: 'failed',
  timed_out: 'took too long',
  orphaned: 'was orphaned',
  interrupted: 'was interrupted by a shutdown',
  cancelled: 'was cancelled',
} as const satisfies Record<Run['state'], string>

function describeUnrun(at: EpochMs, entry: UnrunRange, job: JobPolicies): string {
  const { scheduledFor, through, dueCount, settledAt } = entry
  const among = dueCount === 1 ? '' : `, as one of ${dueCount} from ${toIso(scheduledFor)} to ${toIso(through)}`
  return `It was ${reasonOf(at, entry, job)}. That was decided at ${toIso(settledAt)}${among}.`
}

function reasonOf(at: EpochMs, { state, reason }: UnrunRange, job: JobPolicies): string {
  if (state === 'suppressed') return 'suppressed: the scheduler or the job was paused'
  if (state === 'missed') {
    return 'missed: nobody was there to start it in time, the scheduler was stopped, or a later due time took its place'
  }
  if (reason === 'overlap') return 'skipped: the run before it was still going'
  const calendar = calendarExcluding(job, at)
  return `skipped: ${calendar ? `calendar "${calendar.name}"` : 'a calendar'} excludes it`
}

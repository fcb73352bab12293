import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import type { SkipReason, UnrunState } from '../run/states.ts'
import { countDue, nextDueAt, previousDueAt } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { type ExcludedRange, type Exclusions, exclusionsIn, previousRunnable } from './exclusions.ts'
import { cutByInactivity, type InactiveSpan } from './inactive.ts'
import { startedBy, startOf } from './start-of.ts'

/** With `misfirePolicy: 'skip'`, a due time that is at most this late still counts as on time. */
export const ON_TIME_MS = 1_000

/** With `misfirePolicy: 'run-all'`, at most this many late due times run; older ones are missed. */
export const MAX_CATCH_UP = 100

/** How often the job with a held due time is planned again, in case another instance has settled the running run. */
const HOLD_RECHECK_MS = 1_000

export type TickPolicies = Pick<
  JobPolicies,
  'name' | 'schedule' | 'misfirePolicy' | 'misfireGraceMs' | 'overlapPolicy' | 'exclude' | 'jitterMs'
>

export interface TickInput {
  readonly scheduler: string
  readonly job: TickPolicies
  readonly now: EpochMs
  /** The ledger accounts for every due time up to and including this instant. */
  readonly cursor: EpochMs
  /** When the job's running runs started. */
  readonly runningSince: readonly EpochMs[]
  readonly inactive: readonly InactiveSpan[]
  /** The due time that waits for a running run. It may start even when it is later than the grace. */
  readonly held: EpochMs | null
}

/** The decisions about the due times since the last tick. */
export interface TickPlan {
  /** Due times that will not run, oldest first. */
  readonly unrun: readonly PlannedUnrun[]
  /** The due time to claim now. */
  readonly run: EpochMs | null
  /** A due time that waits for the running run to settle; the cursor stays before it. */
  readonly hold: EpochMs | null
  /** Whether to cancel the running runs, because `hold` shall run in their place. */
  readonly cancelRunning: boolean
  /** The cursor after the plan is recorded: every due time up to here is then accounted for. */
  readonly cursor: EpochMs
  /** When to plan again, unless a run settles earlier; `null` when no due time is left. */
  readonly wakeAt: EpochMs | null
}

export interface PlannedUnrun {
  readonly state: UnrunState
  readonly reason: SkipReason | null
  readonly first: EpochMs
  readonly last: EpochMs
  readonly count: number
}

/**
 * Decides about every due time in `(cursor, now]`: each is claimed, held, skipped, missed or suppressed. The cost does
 * not grow with the number of due times.
 */
export function planTick(input: TickInput): TickPlan {
  const { job, now, cursor } = input
  const wakeAt = startOfNext(input, cursor)
  if (wakeAt === null || wakeAt > now) return nothing(cursor, wakeAt)
  const plain = planPlain(input)
  if (plain) return plain

  // From here on only due times are compared, not their starts: both have the same order.
  const reached = startedBy(now, input)
  const inactive = input.inactive.map((span) => ({
    after: startedBy(span.after, input),
    upTo: startedBy(span.upTo, input),
    as: span.as,
  }))
  const exclusions = exclusionsIn(job, { after: cursor, upTo: reached })
  const reaching: Reaching = { ...input, reached, exclusions }
  const unrun: PlannedUnrun[] = []
  let candidates: readonly EpochMs[] = []
  for (const segment of cutByInactivity(cursor, reached, inactive)) {
    if (segment.fate === 'active') {
      // The candidates of a later active segment replace those of an earlier one.
      unrun.push(...candidates.map((due) => single('missed', due)))
      const split = splitByGrace(reaching, segment.after, segment.upTo)
      unrun.push(...split.dropped)
      candidates = split.candidates
    } else {
      unrun.push(...range(job.schedule, segment, segment.fate))
    }
  }
  const remaining = exclusions.ranges.reduce((rest, excluded) => without(job.schedule, rest, excluded), unrun)
  return settleCandidates(reaching, inOrder([...remaining, ...exclusions.ranges.map(excludedUnrun)]), candidates)
}

/**
 * The fast path of nearly every tick: the latest due time is on time and nothing keeps it from running. Due times
 * before it are missed, so that a scheduler that has fallen behind catches up.
 */
function planPlain({ job, now, cursor, inactive, runningSince }: TickInput): TickPlan | null {
  const { schedule, exclude, jitterMs, misfirePolicy, misfireGraceMs } = job
  if (inactive.length > 0 || runningSince.length > 0 || exclude.length > 0 || jitterMs > 0) return null
  const first = nextDueAt(schedule, cursor)
  if (first === null) return null
  const second = nextDueAt(schedule, first)
  const isBehind = second !== null && second <= now
  if (isBehind && misfirePolicy === 'run-all') return null
  const due = isBehind ? (previousDueAt(schedule, now + 1) ?? first) : first
  const graceMs = misfirePolicy === 'skip' ? Math.min(misfireGraceMs, ON_TIME_MS) : misfireGraceMs
  if (now - due > graceMs) return null
  const unrun = isBehind ? range(schedule, { after: cursor, upTo: due - 1 }, 'missed') : NONE
  const wakeAt = isBehind ? nextDueAt(schedule, due) : second
  return { unrun, run: due, hold: null, cancelRunning: false, cursor: now, wakeAt }
}

const NONE: readonly PlannedUnrun[] = Object.freeze([])

/** A tick with due times to decide about. */
interface Reaching extends TickInput {
  /** The due times in `(cursor, reached]` may have started by now. */
  readonly reached: EpochMs
  readonly exclusions: Exclusions
}

/** The plan without its run. The other decisions stay; the due time is left for a later tick. */
export function withoutRun(plan: TickPlan, cursor: EpochMs): TickPlan {
  if (plan.run === null) return plan
  return stopAt({ ...plan, run: null }, Math.max(cursor, plan.run - 1))
}

/** The plan up to `cursor`. Later due times are left for a later tick. */
function stopAt(plan: TickPlan, cursor: EpochMs): TickPlan {
  return { ...plan, cursor, unrun: plan.unrun.filter((unrun) => unrun.last <= cursor) }
}

function nothing(cursor: EpochMs, wakeAt: EpochMs | null): TickPlan {
  return { unrun: NONE, run: null, hold: null, cancelRunning: false, cursor, wakeAt }
}

/**
 * Splits the due times of `(after, upTo]` by the misfire policy into those that may still run and those that will not.
 */
function splitByGrace(input: Reaching, after: EpochMs, upTo: EpochMs) {
  const { now, held, job, exclusions } = input
  const { misfirePolicy, misfireGraceMs } = job
  const latest = previousRunnable(job, upTo + 1, exclusions)
  if (latest === null || latest <= after) return { dropped: drop(input, { after, upTo }), candidates: [] }

  const wasHeld = held === latest
  const lateness = now - startOf(latest, input)
  const tooLate = !wasHeld && (lateness > misfireGraceMs || (misfirePolicy === 'skip' && lateness > ON_TIME_MS))
  if (tooLate) return { dropped: drop(input, { after, upTo }), candidates: [] }

  const candidates = [latest]
  while (misfirePolicy === 'run-all' && candidates.length < MAX_CATCH_UP) {
    const earlier = previousRunnable(job, candidates[0] ?? latest, exclusions)
    if (earlier === null || earlier <= after || now - startOf(earlier, input) > misfireGraceMs) break
    candidates.unshift(earlier)
  }
  const oldest = candidates[0] ?? latest
  return { dropped: drop(input, { after, upTo: oldest - 1 }), candidates }
}

/** Records due times that are too late as missed, and those during a run that still goes on as overlaps. */
function drop({ job, runningSince }: TickInput, { after, upTo }: Span): PlannedUnrun[] {
  const overlapFrom = job.overlapPolicy === 'allow' ? Infinity : Math.max(after, Math.min(...runningSince))
  return [
    ...range(job.schedule, { after, upTo: Math.min(upTo, overlapFrom) }, 'missed'),
    ...range(job.schedule, { after: overlapFrom, upTo }, 'skipped'),
  ]
}

/** Claims, holds or skips what may run, by the overlap policy. */
function settleCandidates(input: Reaching, unrun: PlannedUnrun[], candidates: readonly EpochMs[]): TickPlan {
  const { job, now, reached, runningSince } = input
  const [due, ...later] = candidates
  if (due === undefined) return after(input, unrun, null, reached)

  const runningFrom = Math.min(...runningSince)
  if (runningSince.length === 0 || job.overlapPolicy === 'allow') {
    // When more late due times follow, the cursor stops here and the next tick follows at once.
    return after(input, unrun, due, later.length > 0 ? due : reached)
  }
  const waits = job.misfirePolicy === 'run-all' && due <= runningFrom
  if (job.overlapPolicy === 'skip' && !waits) {
    const skipped = single('skipped', due)
    return after(input, inOrder([...unrun, skipped]), null, later.length > 0 ? due : reached)
  }
  const holding: TickPlan = {
    unrun,
    run: null,
    hold: due,
    cancelRunning: job.overlapPolicy === 'cancel-running',
    cursor: reached,
    wakeAt: Math.min(startOfNext(input, reached) ?? Infinity, now + HOLD_RECHECK_MS),
  }
  return stopAt(holding, Math.max(input.cursor, due - 1))
}

function after(input: TickInput, unrun: PlannedUnrun[], run: EpochMs | null, cursor: EpochMs): TickPlan {
  const wakeAt = startOfNext(input, cursor)
  return stopAt({ unrun, run, hold: null, cancelRunning: false, cursor, wakeAt }, cursor)
}

function startOfNext(input: TickInput, after: EpochMs): EpochMs | null {
  const due = nextDueAt(input.job.schedule, after)
  return due === null ? null : startOf(due, input)
}

interface Span {
  readonly after: EpochMs
  readonly upTo: EpochMs
}

function range(schedule: Schedule, span: Span, state: UnrunState): PlannedUnrun[] {
  if (span.after >= span.upTo) return []
  const first = nextDueAt(schedule, span.after)
  const last = previousDueAt(schedule, span.upTo + 1)
  if (first === null || last === null || first > last) return []
  const reason = state === 'skipped' ? 'overlap' : null
  return [{ state, reason, first, last, count: countDue(schedule, first - 1, last) }]
}

function single(state: UnrunState, due: EpochMs): PlannedUnrun {
  return { state, reason: state === 'skipped' ? 'overlap' : null, first: due, last: due, count: 1 }
}

/** The due times without the excluded ones. */
function without(schedule: Schedule, unrun: readonly PlannedUnrun[], excluded: ExcludedRange): PlannedUnrun[] {
  return unrun.flatMap((each) => {
    if (each.last < excluded.first || excluded.last < each.first) return [each]
    return [
      ...range(schedule, { after: each.first - 1, upTo: excluded.first - 1 }, each.state),
      ...range(schedule, { after: excluded.last, upTo: each.last }, each.state),
    ]
  })
}

function excludedUnrun(range: ExcludedRange): PlannedUnrun {
  return { state: 'skipped', reason: 'excluded', ...range }
}

function inOrder(unrun: readonly PlannedUnrun[]): PlannedUnrun[] {
  return [...unrun].sort((a, b) => a.first - b.first)
}

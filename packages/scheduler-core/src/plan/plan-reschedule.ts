import type { EpochMs } from '../clock.ts'
import { ON_TIME_MS, type PlannedUnrun, planTick, type TickInput } from './plan-tick.ts'

export interface ReschedulePlan {
  readonly unrun: readonly PlannedUnrun[]
  /** The due time to claim a run for; `null` when there is none. */
  readonly run: EpochMs | null
  /** The new schedule is responsible for due times after this instant. */
  readonly cursor: EpochMs
}

export interface RescheduleInput extends TickInput {
  /** Until when the schedule held (default now). Later due times are none. */
  readonly heldUntil?: EpochMs
}

/**
 * Decides all due times up to now of a schedule that is about to be replaced, so that nothing is left for a later tick.
 * The due time that would run now runs, even when it still waits for its jitter. A due time that waits for the job's
 * running run is skipped, and the rest of a backlog is missed.
 */
export function planReschedule({ heldUntil = Infinity, ...input }: RescheduleInput): ReschedulePlan {
  const { runningSince } = input
  const now = Math.min(input.now, heldUntil)
  const job = { ...input.job, jitterMs: 0 }
  const first = planTick({ ...input, now, job })
  const rest = planTick({
    ...input,
    now,
    cursor: first.cursor,
    runningSince: first.run === null ? runningSince : [...runningSince, now],
    held: null,
    job: { ...job, ...NOTHING_IN_TIME },
  })
  const unrun = [...first.unrun, ...rest.unrun]
  const cursor = Math.max(input.cursor, input.now)
  if (first.run === null || !isTooLate(first.run, input)) return { unrun, run: first.run, cursor }
  return { unrun: withMissed(unrun, first.run), run: null, cursor }
}

/** These, with one more due time that is missed. */
export function withMissed(unrun: readonly PlannedUnrun[], due: EpochMs): readonly PlannedUnrun[] {
  const missed = { state: 'missed', reason: null, first: due, last: due, count: 1 } as const
  return [...unrun, missed].sort((a, b) => a.first - b.first)
}

/** By now, when the schedule had ended before. */
function isTooLate(due: EpochMs, { job: { misfirePolicy, misfireGraceMs }, now }: TickInput): boolean {
  const graceMs = misfirePolicy === 'skip' ? Math.min(misfireGraceMs, ON_TIME_MS) : misfireGraceMs
  return now - due > graceMs
}

/** With this policy no late due time may still run. */
const NOTHING_IN_TIME = { misfirePolicy: 'skip', misfireGraceMs: -1 } as const

import type { EpochMs } from '../clock.ts'
import { type PlannedUnrun, planTick, type TickInput } from './plan-tick.ts'

export interface ReschedulePlan {
  readonly unrun: readonly PlannedUnrun[]
  /** The due time to claim a run for; `null` when there is none. */
  readonly run: EpochMs | null
  /** Due times of the new schedule count from here. */
  readonly cursor: EpochMs
}

/**
 * What becomes of the due times up to now of a schedule that is about to be replaced: nothing is left for a later tick.
 * One runs if it would have run now, those that only waited for their jitter among them. One that waited for the job's
 * running run is skipped, and what was still to be caught up is missed.
 */
export function planReschedule(input: TickInput): ReschedulePlan {
  const { now, runningSince } = input
  const job = { ...input.job, jitterMs: 0 }
  const first = planTick({ ...input, job })
  const rest = planTick({
    ...input,
    cursor: first.cursor,
    runningSince: first.run === null ? runningSince : [...runningSince, now],
    held: null,
    job: { ...job, ...NOTHING_IN_TIME },
  })
  return { unrun: [...first.unrun, ...rest.unrun], run: first.run, cursor: Math.max(input.cursor, now) }
}

/** No due time is so little late that it may still run. */
const NOTHING_IN_TIME = { misfirePolicy: 'skip', misfireGraceMs: -1 } as const

import type { EpochMs } from '../clock.ts'
import { type PlannedUnrun, planTick, type TickInput } from './plan-tick.ts'

export interface ReschedulePlan {
  readonly unrun: readonly PlannedUnrun[]
  /** The due time to claim a run for; `null` when there is none. */
  readonly run: EpochMs | null
  /** The new schedule is responsible for due times after this instant. */
  readonly cursor: EpochMs
}

/**
 * Decides all due times up to now of a schedule that is about to be replaced, so that nothing is left for a later tick.
 * The due time that would run now runs, even when it still waits for its jitter. A due time that waits for the job's
 * running run is skipped, and the rest of a backlog is missed.
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

/** With this policy no late due time may still run. */
const NOTHING_IN_TIME = { misfirePolicy: 'skip', misfireGraceMs: -1 } as const

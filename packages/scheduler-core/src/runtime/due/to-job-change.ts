import type { EpochMs } from '../../clock.ts'
import { occurrenceId, type RunId } from '../../ids.ts'
import { wallOf } from '../../plan/covered-until.ts'
import type { TickPlan } from '../../plan/plan-tick.ts'
import type { JobChange } from '../../ports/job-changes.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import type { Schedule } from '../../schedule/schedule.ts'

export interface JobChangeInput {
  readonly scheduler: string
  readonly schedule: Schedule
  readonly ledger: JobLedger
  readonly plan: Pick<TickPlan, 'cursor' | 'unrun'>
  readonly claim: NewRun | null
  readonly cancel: readonly RunId[]
  readonly now: EpochMs
}

/** A plan as the store records it; `null` when it changes nothing. */
export function toJobChange({
  scheduler,
  schedule,
  ledger,
  plan,
  claim,
  cancel,
  now,
}: JobChangeInput): JobChange | null {
  if (plan.cursor === ledger.cursor && cancel.length === 0) return null
  const { job } = ledger
  return {
    job,
    cursor: plan.cursor,
    wall: wallOf(schedule, plan.cursor),
    unrun:
      plan.unrun.length === 0
        ? NONE
        : plan.unrun.map(({ first, last, count, state, reason }) => ({
            // Not the id of the run that its first due time may have yet, when a clock was ahead.
            id: occurrenceId({ scheduler, job, scheduledFor: first, attempt: 0 }),
            job,
            state,
            reason,
            scheduledFor: first,
            through: last,
            dueCount: count,
            settledAt: now,
          })),
    claims: claim ? [claim] : NONE,
    cancel,
  }
}

const NONE: readonly never[] = Object.freeze([])

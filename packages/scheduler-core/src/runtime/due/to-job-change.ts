import type { EpochMs } from '../../clock.ts'
import { occurrenceId, type RunId } from '../../ids.ts'
import type { TickPlan } from '../../plan/plan-tick.ts'
import type { JobChange, JobLedger } from '../../ports/store.ts'
import type { NewRun } from '../../run/ledger-entry.ts'

export interface JobChangeInput {
  readonly scheduler: string
  readonly ledger: JobLedger
  readonly plan: Pick<TickPlan, 'cursor' | 'unrun'>
  readonly claim: NewRun | null
  readonly cancel: readonly RunId[]
  readonly now: EpochMs
}

/** A plan as the store records it; `null` when it changes nothing. */
export function toJobChange({ scheduler, ledger, plan, claim, cancel, now }: JobChangeInput): JobChange | null {
  if (plan.cursor === ledger.cursor && cancel.length === 0) return null
  const { job } = ledger
  return {
    job,
    cursor: plan.cursor,
    unrun:
      plan.unrun.length === 0
        ? NONE
        : plan.unrun.map(({ first, last, count, state, reason }) => ({
            id: occurrenceId({ scheduler, job, scheduledFor: first }),
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

import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import { backfillId, occurrenceId, type RunId } from '../../ids.ts'
import { mayStart } from '../../plan/inactive.ts'
import { isMadeGood } from '../../plan/plan-backfill.ts'
import type { ClaimedRun, JobLedger } from '../../ports/store.ts'
import type { NewRun, Run } from '../../run/ledger-entry.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { ownedRun } from '../run/owned-run.ts'

/** The result of one look at the due times that wait for a job. */
export interface BackfillClaims {
  readonly claims: readonly ClaimedRun[]
  /** How many due times no longer wait, counted from the first. */
  readonly passed: number
}

/**
 * Claims the first of these due times that still has to run, unless the job has no room now. The claim is reserved
 * before its commit: otherwise the ticker would take it for a forgotten run, and start it too.
 */
export function createBackfillClaims<S extends object>(
  context: InstanceContext<S>,
): (job: string, waiting: readonly EpochMs[]) => Promise<BackfillClaims> {
  const { scheduler, jobs, store, units, active, clock } = context

  function hasRoom(control: ControlState, { job, running }: JobLedger): boolean {
    if (!mayStart(control, job, clock.now())) return false
    return running.length === 0 || jobs.get(job)?.overlapPolicy === 'allow'
  }

  /** Whether the due time's own run, or the last rerun of it, succeeded or may still do so. */
  async function isDone(session: S, job: string, scheduledFor: EpochMs): Promise<boolean> {
    let last: Run | undefined
    for (let attempt = 1; ; attempt++) {
      const id = occurrenceId({ scheduler, job, scheduledFor, attempt })
      const entry = (await store.listEntries(session, { scheduler, id, limit: 1 })).items[0]
      if (entry?.kind !== 'run') break
      last = entry
    }
    return isMadeGood(last)
  }

  function toClaim(job: string, scheduledFor: EpochMs): NewRun {
    const id = backfillId({ scheduler, job, scheduledFor })
    // A backfill is late on purpose, so it records no lateness.
    return ownedRun({ id, job, trigger: 'backfill', scheduledFor, attempt: 1, latenessMs: null }, context, clock.now())
  }

  return async (job, waiting) => {
    let reserved: RunId | null = null
    const claimFirst = async (session: S): Promise<BackfillClaims> => {
      const { control, jobs: ledgers } = await store.lockJobs(session, { scheduler, jobs: [job], waitMs: 0 })
      const ledger = ledgers[0]
      if (!ledger || !hasRoom(control, ledger)) return { claims: [], passed: 0 }
      for (const [index, due] of waiting.entries()) {
        if (await isDone(session, job, due)) continue
        const run = toClaim(job, due)
        active.reserve(run.id)
        reserved = run.id
        const change = { job, cursor: null, unrun: [], claims: [run], cancel: [] }
        const claims = await store.record(session, { scheduler, changes: [change] })
        if (claims.length > 0) return { claims, passed: index + 1 }
        active.release(run.id)
      }
      return { claims: [], passed: waiting.length }
    }
    return units.run('backfill', claimFirst).catch((error: unknown) => {
      if (reserved) active.release(reserved)
      throw error
    })
  }
}

import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import { backfillId, type RunId } from '../../ids.ts'
import { mayStart } from '../../plan/inactive.ts'
import { isMadeGood } from '../../plan/plan-backfill.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { ownedRun } from '../run/owned-run.ts'
import { withReserved } from '../run/with-reserved.ts'
import { runsOf } from './runs-of.ts'

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
  const { scheduler, jobs, names, store, units, active, clock, follow, handOver, configuration } = context

  function hasRoom(control: ControlState, { job, running }: JobLedger): boolean {
    if (!mayStart(control, job, clock.now())) return false
    // Kept for when this instance acts for the job again.
    const policies = jobs.get(job)
    if (policies === undefined) return false
    if (running.length === 0) return true
    // Workers execute what is handed over, so only the ledger tells how many there are.
    return policies.overlapPolicy === 'allow' && (!handOver || running.length < configuration.concurrency)
  }

  /** Whether the due time's own run, or the last rerun of it, succeeded or may still do so. */
  async function isDone(session: S, job: string, scheduledFor: EpochMs): Promise<boolean> {
    return isMadeGood((await runsOf({ store, session, scheduler, job: names.storedAs(job), scheduledFor })).at(-1))
  }

  function toClaim(job: string, scheduledFor: EpochMs): NewRun {
    const id = backfillId({ scheduler, job: names.storedAs(job), scheduledFor })
    // A backfill is late on purpose, so it records no lateness.
    return ownedRun({ id, job, trigger: 'backfill', scheduledFor, attempt: 1, latenessMs: null }, context, clock.now())
  }

  async function claimFirst(session: S, { job, waiting, reserve }: Claiming): Promise<BackfillClaims> {
    const { control, jobs: ledgers } = await store.lockJobs(session, { scheduler, jobs: [job], waitMs: 0 })
    await follow(session, control)
    const ledger = ledgers[0]
    if (!ledger || !hasRoom(control, ledger)) return { claims: [], passed: 0 }
    for (const [index, due] of waiting.entries()) {
      if (await isDone(session, job, due)) continue
      const run = toClaim(job, due)
      reserve(run.id)
      const change = { job, cursor: null, unrun: [], claims: [run], cancel: [] }
      const claims = await store.record(session, { scheduler, changes: [change] })
      if (claims.length > 0) return { claims, passed: index + 1 }
      active.release(run.id)
    }
    return { claims: [], passed: waiting.length }
  }

  return (job, waiting) =>
    withReserved(context, (reserve) =>
      units.run('backfill', (session) => claimFirst(session, { job, waiting, reserve })),
    )
}

interface Claiming {
  readonly job: string
  readonly waiting: readonly EpochMs[]
  readonly reserve: (id: RunId) => void
}

import type { SessionProvider } from '@pm/scheduler-core'
import {
  type ClaimedRun,
  type NewRun,
  NO_ITEMS,
  occurrenceId,
  randomInstanceId,
  type Settlement,
  type SettleResult,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import type { Ledger } from './claim-and-settle.ts'

/** Claims and settles due times as a scheduler does: with the cursors of their jobs, and without waiting for locks. */
export interface DueBatches {
  /** Claims the next due time of each of so many jobs. */
  claim(size: number, options?: ClaimOptions): Promise<readonly ClaimedRun[]>
  settle(claimed: readonly ClaimedRun[], inUnit?: InUnit): Promise<readonly SettleResult[]>
}

export interface ClaimOptions {
  /** Whether to lock the jobs first, as a tick does (default true). */
  readonly lockJobs?: boolean
  readonly inUnit?: InUnit
}

/** Called at the beginning of the unit of work; what it answers is called at its end. */
export type InUnit = (session: EntityManager) => Promise<() => Promise<void>>

export interface DueBatchesOptions extends Ledger {
  readonly jobs: number
}

const scheduler = 'due_batches'
const owner = randomInstanceId()
const OWN = { unit: 'batch', isOwn: true } as const
const waitMs = 150
const doNothing: InUnit = async () => async () => {}

export async function openDueBatches({ sessions, store, jobs }: DueBatchesOptions): Promise<DueBatches> {
  const names = Array.from({ length: jobs }, (_, index) => `job-${index}`)
  const from = Date.now() - 3_600_000
  let due = from
  await own(sessions, (session) => {
    return store.register(session, { scheduler, jobs: names.map((job) => ({ job, cursor: from })), now: from })
  })
  return {
    async claim(size, { lockJobs = true, inUnit = doNothing } = {}) {
      due += 1_000
      const claims = names.slice(0, size).map((job) => toClaim(job, due))
      const changes = claims.map((claim) => ({ job: claim.job, cursor: due, unrun: [], claims: [claim], cancel: [] }))
      return own(sessions, async (session) => {
        const end = await inUnit(session)
        if (lockJobs) await store.lockJobs(session, { scheduler, jobs: names.slice(0, size), waitMs })
        const claimed = await store.record(session, { scheduler, changes })
        await end()
        return claimed
      })
    },
    settle(claimed, inUnit = doNothing) {
      return own(sessions, async (session) => {
        const end = await inUnit(session)
        const results = await store.settle(session, { scheduler, settlements: claimed.map(toSettlement), waitMs })
        await end()
        return results
      })
    },
  }
}

function own<T>(sessions: SessionProvider<EntityManager>, work: (session: EntityManager) => Promise<T>): Promise<T> {
  return sessions.withSession(work, OWN)
}

function toClaim(job: string, scheduledFor: number): NewRun {
  const id = occurrenceId({ scheduler, job, scheduledFor })
  const lease = { attempt: 1, owner, startedAt: scheduledFor, leaseUntil: scheduledFor + 15_000 }
  return { id, job, trigger: 'schedule', scheduledFor, latenessMs: 3, ...lease }
}

function toSettlement({ id, job, fence }: ClaimedRun): Settlement {
  const outcome = { state: 'succeeded', items: NO_ITEMS, calls: [], progress: null, error: null } as const
  return { runId: id, job, fence, attempt: 1, settledAt: Date.now(), durationMs: 5, ...outcome }
}

import type { SessionProvider } from '@pm/scheduler-core'
import {
  type ClaimedRun,
  type NewRun,
  NO_ITEMS,
  occurrenceId,
  randomInstanceId,
  type Settlement,
  type Store,
} from '@pm/scheduler-core/store'
import type { DataSource, EntityManager } from 'typeorm'

import { type Build, loadModule } from '../lab/build.ts'
import { WORKERS } from './workers.ts'

export interface LedgerOptions {
  readonly dataSource: DataSource
  readonly schema: string
  /** Begins the names of its jobs, so that several processes have jobs of their own (default none). */
  readonly prefix?: string
  /** How many jobs each worker has (default 100). Workers that shared jobs would refuse each other's due times. */
  readonly jobsPerWorker?: number
}

export interface BatchOptions {
  readonly worker: number
  readonly size: number
  /** Whether the claim locks the jobs first, as a tick does. */
  readonly lockJobs: boolean
}

export interface Ledger {
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
  claim(options: BatchOptions): Promise<readonly ClaimedRun[]>
  /** Answers how many runs have settled. */
  settle(claimed: readonly ClaimedRun[]): Promise<number>
  /** Claims a batch in one unit of work and settles it in another, and answers its size. */
  batch(options: BatchOptions): Promise<number>
}

export const SCHEDULER = 'bench'
const WAIT_MS = 150
const OWN = { unit: 'bench', isOwn: true } as const

/** Claims and settles through the store as a scheduler does. */
export async function openLedger(build: Build, options: LedgerOptions): Promise<Ledger> {
  const typeorm = await loadModule(build, 'typeorm')
  const { dataSource, schema, prefix = '', jobsPerWorker = 100 } = options
  await typeorm.migrateScheduler(dataSource, { schema })
  const sessions = typeorm.createTypeormSessions(dataSource)
  const store = typeorm.createTypeormStore({ schema })
  const from = Date.now() - 3_600_000
  const lists = Array.from({ length: WORKERS }, (_, worker) => {
    return Array.from({ length: jobsPerWorker }, (__, job) => `${prefix}job-${worker}-${job}`)
  })
  const dues = lists.map(() => from)
  const jobs = lists.flat().map((job) => ({ job, cursor: from }))
  await sessions.withSession((session) => store.register(session, { scheduler: SCHEDULER, jobs, now: from }), OWN)
  const owner = randomInstanceId()

  function claimsOf({ worker, size }: BatchOptions): readonly NewRun[] {
    const now = Date.now()
    const lease = { attempt: 1, owner, startedAt: now, leaseUntil: now + 15_000 }
    const last = dues[worker] ?? from
    dues[worker] = last + size
    return Array.from({ length: size }, (_, index) => {
      const scheduledFor = last + 1 + index
      const job = lists[worker]?.[scheduledFor % jobsPerWorker] ?? ''
      const id = occurrenceId({ scheduler: SCHEDULER, job, scheduledFor })
      return { id, job, trigger: 'schedule', scheduledFor, latenessMs: scheduledFor % 23, ...lease }
    })
  }

  async function claim(batch: BatchOptions): Promise<readonly ClaimedRun[]> {
    const claims = claimsOf(batch)
    const changes = claims.map((claim) => {
      return { job: claim.job, cursor: claim.scheduledFor, unrun: [], claims: [claim], cancel: [] }
    })
    const names = [...new Set(claims.map(({ job }) => job))]
    return sessions.withSession(async (session) => {
      if (batch.lockJobs) await store.lockJobs(session, { scheduler: SCHEDULER, jobs: names, waitMs: WAIT_MS })
      return store.record(session, { scheduler: SCHEDULER, changes })
    }, OWN)
  }

  async function settle(claimed: readonly ClaimedRun[]): Promise<number> {
    const settlements = claimed.map(toSettlement)
    const results = await sessions.withSession((session) => {
      return store.settle(session, { scheduler: SCHEDULER, settlements, waitMs: WAIT_MS })
    }, OWN)
    return results.filter((result) => result === 'settled').length
  }

  return {
    sessions,
    store,
    claim,
    settle,
    async batch(batch) {
      const settled = await settle(await claim(batch))
      if (settled !== batch.size) throw new Error(`Only ${settled} of ${batch.size} runs have settled.`)
      return settled
    },
  }
}

function toSettlement({ id, job, fence, scheduledFor }: ClaimedRun): Settlement {
  const durationMs = 60 + (((scheduledFor ?? 0) * 7919) % 97)
  const outcome = { state: 'succeeded', items: NO_ITEMS, calls: [], progress: null, error: null } as const
  return { runId: id, job, fence, attempt: 1, settledAt: Date.now(), durationMs, ...outcome }
}

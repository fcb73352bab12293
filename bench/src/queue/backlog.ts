import { silentLogger } from '@pm/scheduler-core'
import { type NewRun, randomInstanceId, randomRunId } from '@pm/scheduler-core/store'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'

import type { Postgres } from '../lab/postgres.ts'
import { jobNames, openEngine, SCHEDULER } from './ours.ts'

/** Runs that wait in the queue, each with its row in the ledger, as a scheduler makes them. */
export interface Backlog {
  add(runs: number): Promise<void>
  close(): Promise<void>
}

const QUEUE = 'default'
const BATCH = 500
const HOUR_MS = 3_600_000
const OWN = { unit: 'bench', isOwn: true } as const

export async function openBacklog({ url, dataSource }: Postgres, jobCount: number): Promise<Backlog> {
  await migrateScheduler(dataSource)
  const sessions = createTypeormSessions(dataSource)
  const store = createTypeormStore()
  const names = jobNames(jobCount)
  const now = Date.now()
  const jobs = names.map((job) => ({ job, cursor: now }))
  await sessions.withSession((session) => store.register(session, { scheduler: SCHEDULER, jobs, now }), OWN)
  const engine = await openEngine({ url, redisUrl: null })
  await engine.open({ scheduler: SCHEDULER, logger: silentLogger })
  await engine.ensureQueues([QUEUE])
  const owner = randomInstanceId()

  function queuedRun(index: number): NewRun {
    const queuedAt = Date.now()
    return {
      id: randomRunId(),
      job: names[index % names.length] ?? '',
      trigger: 'manual',
      scheduledFor: null,
      attempt: 0,
      owner,
      startedAt: queuedAt,
      queuedAt,
      leaseUntil: queuedAt + HOUR_MS,
      latenessMs: null,
    }
  }

  return {
    async add(runs) {
      for (let added = 0; added < runs; added += BATCH) {
        const claims = Array.from({ length: Math.min(BATCH, runs - added) }, (_, index) => queuedRun(index))
        const changes = claims.map((claim) => ({
          job: claim.job,
          cursor: null,
          unrun: [],
          claims: [claim],
          cancel: [],
        }))
        const messages = claims.map(({ id, job }) => ({ id, scheduler: SCHEDULER, job, queue: QUEUE, priority: 0 }))
        await sessions.withSession(async (session) => {
          await store.record(session, { scheduler: SCHEDULER, changes })
          await engine.dispatch(messages, session)
        }, OWN)
      }
    },
    close: () => engine.close(),
  }
}

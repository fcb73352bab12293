import { type NewRun, randomInstanceId, randomRunId, type Settlement } from '@pm/scheduler-core/store'
import type { EntityManager, QueryRunner } from 'typeorm'
import { expect, it } from 'vitest'

import { createTestBed, openStore, type StoreOnSchema } from '../../test/test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()
const scheduler = 'test'
const owner = randomInstanceId()

it('locks free jobs, names the job that another transaction has locked, and leaves out an unknown job', async () => {
  const { jobs, locked } = await whileHeld('job', (session, { store }) =>
    store.lockJobs(session, { scheduler, jobs: ['held', 'free', 'nobody'], waitMs: 20 }),
  )
  expect(jobs.map(({ job }) => job)).toEqual(['free'])
  expect(locked).toEqual(['held'])
})

it('settles a batch whether or not another transaction has locked the rows of its jobs', async () => {
  const results = await whileHeld('job', (session, { store, settlements }) =>
    store.settle(session, { scheduler, settlements, waitMs: 0 }),
  )
  expect(results).toEqual(['settled', 'settled'])
})

it("settles a run in its handler's own transaction once the row of its job is free, and not before", async () => {
  let settled = false
  const { settling } = await whileHeld('job', async (session, { store, settlements, holding }) => {
    const settling = store.settle(session, { scheduler, settlements }).then((results) => {
      settled = true
      return results
    })
    await expect.poll(() => waitingFor(holding)).toBe(1)
    expect(settled).toBe(false)
    await holding.rollbackTransaction()
    return { settling: await settling }
  })
  expect(settling).toEqual(['settled', 'settled'])
})

it("settles a run in its handler's own transaction after another transaction has changed its row meanwhile", async () => {
  const { settling } = await whileHeld('under_way', async (session, { schema, store, settlements, holding }) => {
    const settling = store.settle(session, { scheduler, settlements })
    await expect.poll(() => waitingFor(holding)).toBe(1)
    await holding.query(
      `UPDATE ${schema}.under_way SET lease_until = lease_until + interval '1 minute' WHERE job = 'held'`,
    )
    await holding.commitTransaction()
    return { settling: await settling }
  })
  expect(settling).toEqual(['settled', 'settled'])
})

it('settles the runs whose rows are free', async () => {
  const results = await whileHeld('under_way', (session, { store, settlements }) =>
    store.settle(session, { scheduler, settlements, waitMs: 0 }),
  )
  expect(results).toEqual(['locked', 'settled'])
})

it('renews the leases of free runs, and reports a run with a locked row as locked, not as lost', async () => {
  const { leases } = await whileHeld('under_way', (session, { store, settlements }) =>
    store.renew(session, {
      scheduler,
      owner,
      leases: [...settlements, { runId: randomRunId(), fence: 1 }].map(({ runId, fence }) => {
        return { runId, fence, attempt: 1, progress: null, nextAttemptAt: null, error: null }
      }),
      leaseUntil: 60_000,
      now: 0,
    }),
  )
  expect(leases.map(({ outcome }) => outcome)).toEqual(['locked', 'kept', 'lost'])
})

it('does not sweep a run whose job another transaction has locked', async () => {
  const expired = await whileHeld('job', (session, { store }) =>
    store.lockExpired(session, { scheduler, jobs: ['held', 'free'], now: 60_000, limit: 10 }),
  )
  expect(expired.map(({ job }) => job)).toEqual(['free'])
})

it('waits for a row that is released in time', async () => {
  const { schema, sessions, store } = await openStore(dataSource)
  await sessions.withSession((session) =>
    store.register(session, { scheduler, now: 0, jobs: [{ job: 'held', cursor: 0 }] }),
  )
  const holder = dataSource.createQueryRunner()
  await holder.startTransaction()
  await holder.query(`SELECT * FROM ${schema}.job FOR UPDATE`)
  const locking = sessions.withSession((session) =>
    store.lockJobs(session, { scheduler, jobs: ['held'], waitMs: 10_000 }),
  )
  await holder.rollbackTransaction()
  await holder.release()
  expect((await locking).jobs).toHaveLength(1)
})

interface Lab extends StoreOnSchema {
  readonly settlements: readonly Settlement[]
  /** In the transaction that has locked the row. */
  readonly holding: QueryRunner
}

/**
 * Runs the work while another transaction locks the row of the job `held`, or of its run. The job `free` is not locked.
 */
async function whileHeld<T>(
  table: 'job' | 'under_way',
  work: (session: EntityManager, lab: Lab) => Promise<T>,
): Promise<T> {
  const opened = await openStore(dataSource)
  const { schema, sessions, store } = opened
  const names = ['held', 'free']
  const runs = await sessions.withSession(async (session) => {
    await store.register(session, { scheduler, now: 0, jobs: names.map((job) => ({ job, cursor: 0 })) })
    const changes = names.map((job) => ({ job, cursor: null, unrun: [], claims: [newRun(job)], cancel: [] }))
    return store.record(session, { scheduler, changes })
  })
  const settlements = runs.map(({ id, job, fence }) => ({ ...SUCCEEDED, runId: id, job, fence }))
  const holder = dataSource.createQueryRunner()
  await holder.startTransaction()
  await holder.query(`SELECT * FROM ${schema}.${table} WHERE job = 'held' FOR UPDATE`)
  try {
    return await sessions.withSession((session) => work(session, { ...opened, settlements, holding: holder }), {
      isOwn: true,
    })
  } finally {
    if (holder.isTransactionActive) await holder.rollbackTransaction()
    await holder.release()
  }
}

/** How many sessions wait for what the transaction of a runner holds. */
async function waitingFor(holding: QueryRunner): Promise<number> {
  const [{ pid }] = await holding.query('SELECT pg_backend_pid() AS pid')
  const [{ count }] = await dataSource.query(
    'SELECT count(*)::int FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))',
    [pid],
  )
  return count
}

function newRun(job: string): NewRun {
  const times = { startedAt: 0, leaseUntil: 30_000, latenessMs: null, scheduledFor: null }
  return { id: randomRunId(), job, trigger: 'manual', attempt: 1, owner, ...times }
}

const SUCCEEDED = {
  state: 'succeeded',
  settledAt: 1_000,
  attempt: 1,
  durationMs: 1_000,
  items: { processed: 0, failed: 0, skipped: 0 },
  calls: [],
  progress: null,
  error: null,
} as const

import { type NewRun, randomInstanceId, randomRunId } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from '../../test/test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()
const scheduler = 'test'
const OWN = { isOwn: true }

it('refuses a backfill whose namesake settles while the claim waits for its row', async () => {
  const { sessions, store } = await openStore(dataSource)
  const changes = [{ job: 'poll', cursor: null, unrun: [], claims: [backfill()], cancel: [] }]
  const claim = () => sessions.withSession((session) => store.record(session, { scheduler, changes }), OWN)
  await sessions.withSession((session) =>
    store.register(session, { scheduler, now: 0, jobs: [{ job: 'poll', cursor: 0 }] }),
  )
  const [run] = await claim()
  if (run === undefined) throw new Error('The first claim was refused.')

  const settling = dataSource.createQueryRunner()
  await settling.startTransaction()
  const settlement = { ...SUCCEEDED, runId: run.id, job: 'poll', fence: run.fence }
  expect(await store.settle(settling.manager, { scheduler, settlements: [settlement], waitMs: 0 })).toEqual(['settled'])
  const again = claim()
  await expect.poll(waiting).toBe(1)
  await settling.commitTransaction()
  await settling.release()

  expect(await again).toEqual([])
  const { items } = await sessions.withSession((session) => store.listEntries(session, { scheduler, limit: 10 }))
  expect(items.map(({ state }) => state)).toEqual(['succeeded'])
})

/** How many sessions wait for the transaction of another. */
async function waiting(): Promise<number> {
  const [{ count }] = await dataSource.query(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%under_way%'`,
  )
  return count
}

function backfill(): NewRun {
  const times = { scheduledFor: 0, startedAt: 0, leaseUntil: 30_000, latenessMs: null }
  return { id: randomRunId(), job: 'poll', trigger: 'backfill', attempt: 1, owner: randomInstanceId(), ...times }
}

const SUCCEEDED = {
  state: 'succeeded',
  settledAt: 1_000,
  attempt: 1,
  durationMs: 1,
  items: { processed: 0, failed: 0, skipped: 0 },
  calls: [],
  progress: null,
  error: null,
} as const

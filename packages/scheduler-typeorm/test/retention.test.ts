import { createScheduler, every, type SessionProvider, systemClock } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { createStallMeter } from '@pm/testlab'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'
import { tableNames } from '../src/sql/names.ts'
import { fillHistory } from './fill-history.ts'
import { runsGoOn } from './live-scheduler.ts'
import { createTestBed, openStore } from './test-bed.ts'

const DAY_MS = 86_400_000
const OLD_RUNS = 20_000
/** What the pruner deletes at once. */
const BATCH = 1_000
const PERIOD_MS = 250

const bed = await createTestBed()
const dataSource = await bed.open()

it('deletes a long history in small batches, while claims and status go on, and forgets no total', async () => {
  const { schema, sessions, store } = await openStore(dataSource)
  const names = tableNames(schema)
  const history = { jobs: 5, runs: OLD_RUNS, everyMs: 10_000, until: systemClock.now() - 2 * DAY_MS }
  await fillHistory(dataSource, names, { scheduler: 'retention', ...history })
  await dataSource.query(
    `INSERT INTO ${names.ledger} (id, scheduler, job, kind, state, trigger, attempt, fence, owner, started_at, lease_until)
     VALUES (gen_random_uuid(), 'retention', 'job-1', 'run', 'running', 'manual', 1, 1, 'another', '2020-01-01', '2100-01-01')`,
  )
  const lifetimes = await lifetimesOf({ sessions, store })
  const running = await rowsOf(names.ledger, 'job-1', 'running')
  expect(running).toHaveLength(1)

  const deleted: number[] = []
  const scheduler = createScheduler<EntityManager>({
    name: 'retention',
    sessions,
    store: { ...store, prune: countingPrunes(store, deleted) },
    jobs: [{ name: 'job-0', schedule: every({ milliseconds: PERIOD_MS }), handler: () => {} }],
    retentionMs: DAY_MS,
  })
  const meter = createStallMeter()
  const probing = await bed.open({ poolSize: 1 })
  const database = createStallMeter({ probe: () => probing.query('SELECT 1') })
  const lateness: number[] = []
  scheduler.on('run-settled', ({ latenessMs }) => lateness.push(latenessMs ?? Number.NaN))
  await scheduler.open()
  const answers: number[] = []
  while (deleted.length === 0 || deleted.at(-1) === BATCH) {
    const [began, stalledBefore, databaseBefore] = [performance.now(), meter.totalMs, database.totalMs]
    const { snapshot, stale } = await scheduler.snapshot({ maxAgeMs: 0 })
    answers.push(performance.now() - began - (meter.totalMs - stalledBefore))
    expect(snapshot.scheduler.state).toBe('running')
    // Readers wait for 200 ms: only a machine that stalls, and no pruner, makes it longer.
    if (stale) expect(database.totalMs).toBeGreaterThan(databaseBefore)
    await runsGoOn(scheduler)
  }
  await scheduler.close()
  meter.stop()
  database.stop()

  expect(deleted.every((count) => count <= BATCH)).toBe(true)
  expect(deleted.reduce((sum, count) => sum + count, 0)).toBe(OLD_RUNS)
  expect(answers.length).toBeGreaterThan(3)
  expect(median(answers)).toBeLessThan(PERIOD_MS)
  expect(median(lateness)).toBeLessThan(PERIOD_MS + meter.worstMs)

  const [before, after] = [lifetimes, await lifetimesOf({ sessions, store })]
  expect(without(after, 'job-0')).toEqual(without(before, 'job-0'))
  const succeeded = (before.get('job-0')?.succeeded ?? Number.NaN) + lateness.length
  expect(after.get('job-0')).toMatchObject({ succeeded, failed: before.get('job-0')?.failed })
  expect(await rowsOf(names.ledger, 'job-1', 'running')).toEqual(running)
  expect(await rowsOf(names.ledger, 'job-1', 'succeeded')).toEqual([])
}, 120_000)

interface Backend {
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
}

/** What each job has come to since it is counted. */
async function lifetimesOf({ sessions, store }: Backend) {
  const query = { scheduler: 'retention', asOf: systemClock.now(), windowsMs: {} }
  const { jobs } = await sessions.withSession((session) => store.readMeasures(session, query), { readOnly: true })
  expect(jobs).toHaveLength(5)
  return new Map(jobs.map(({ job, lifetime }) => [job, lifetime]))
}

function without<T>(byJob: ReadonlyMap<string, T>, name: string): readonly (readonly [string, T])[] {
  return [...byJob].filter(([job]) => job !== name)
}

function rowsOf(ledger: string, job: string, state: string): Promise<readonly unknown[]> {
  return dataSource.query(`SELECT to_jsonb(l) FROM ${ledger} AS l WHERE job = $1 AND state = $2`, [job, state])
}

function countingPrunes(store: Store<EntityManager>, deleted: number[]): Store<EntityManager>['prune'] {
  return async (session, input) => {
    const count = await store.prune(session, input)
    deleted.push(count)
    return count
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

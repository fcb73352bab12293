import { createScheduler, every, type SessionProvider, systemClock } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { createStallMeter } from '@pm/testlab'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'
import { makePartitions } from '../src/migrations/partitions.ts'
import { type Names, tableNames } from '../src/sql/names.ts'
import { dayOf } from '../src/sql/partitions.ts'
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

const WAYS = [
  { how: 'in small batches where no day has a partition', hasDays: false },
  { how: 'day by day where each has a partition', hasDays: true },
]

it.each(WAYS)(
  'deletes a long history $how, while claims and status go on, and forgets no total',
  async ({ hasDays }) => {
    const { schema, sessions, store } = await openStore(dataSource)
    const names = tableNames(schema)
    const history = { jobs: 5, runs: OLD_RUNS, everyMs: 10_000, until: systemClock.now() - 2 * DAY_MS }
    const recent = await partitionsOf(names)
    if (hasDays) {
      // From the day on in which the first of these runs settled.
      await dataSource.transaction((session) => makePartitions(session, names, history.until - 2 * DAY_MS))
    }
    const partitions = await partitionsOf(names)
    await fillHistory(dataSource, names, { scheduler: 'retention', ...history })
    expect(await countOf(names.settledDefault)).toBe(hasDays ? 0 : OLD_RUNS)
    await dataSource.query(
      `INSERT INTO ${names.underWay} (id, scheduler, job, state, trigger, attempt, fence, owner, started_at, lease_until)
     VALUES (gen_random_uuid(), 'retention', 'job-1', 'running', 'manual', 1, 1, 'another', '2020-01-01', '2100-01-01')`,
    )
    const lifetimes = await lifetimesOf({ sessions, store })
    const running = await rowsOf(names.underWay, 'job-1', 'running')
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
    while (deleted.length === 0 || (deleted.at(-1) ?? 0) >= BATCH || answers.length <= 3) {
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

    const batches = deleted.filter((count) => count > 0)
    expect(batches).toEqual(hasDays ? [OLD_RUNS] : Array(OLD_RUNS / BATCH).fill(BATCH))
    const gone = partitions.filter(
      (partition) => !recent.includes(partition) && partition < dayOf(history.until + DAY_MS).table,
    )
    expect(gone.length).toBe(hasDays ? 4 : 0)
    expect(await partitionsOf(names)).toEqual(partitions.filter((partition) => !gone.includes(partition)))
    expect(answers.length).toBeGreaterThan(3)
    expect(median(answers)).toBeLessThan(PERIOD_MS)
    expect(median(lateness)).toBeLessThan(PERIOD_MS + meter.worstMs)

    const [before, after] = [lifetimes, await lifetimesOf({ sessions, store })]
    expect(without(after, 'job-0')).toEqual(without(before, 'job-0'))
    const succeeded = (before.get('job-0')?.succeeded ?? Number.NaN) + lateness.length
    expect(after.get('job-0')).toMatchObject({ succeeded, failed: before.get('job-0')?.failed })
    expect(await rowsOf(names.underWay, 'job-1', 'running')).toEqual(running)
    expect(await rowsOf(names.settled, 'job-1', 'succeeded')).toEqual([])
  },
  120_000,
)

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

async function countOf(table: string): Promise<number> {
  const [{ count }] = await dataSource.query(`SELECT count(*)::int FROM ${table}`)
  return count
}

async function partitionsOf({ settled }: Names): Promise<readonly string[]> {
  const rows: { readonly name: string }[] = await dataSource.query(
    `SELECT c.relname::text AS name FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass AND c.relname <> 'settled_default' ORDER BY 1`,
    [settled],
  )
  return rows.map(({ name }) => name)
}

function rowsOf(table: string, job: string, state: string): Promise<readonly unknown[]> {
  return dataSource.query(`SELECT to_jsonb(l) FROM ${table} AS l WHERE job = $1 AND state = $2`, [job, state])
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

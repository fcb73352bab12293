import { createScheduler, every, isSchedulerError } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { closeAndAccount, runsGoOn, within } from '../../test/live-scheduler.ts'
import { createPartitionLab, NOW, type PartitionLab } from '../../test/partition-lab.ts'
import { createTestBed } from '../../test/test-bed.ts'
import { makePartitions } from '../migrations/partitions.ts'
import { DAY_MS, dayOf } from '../sql/partitions.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const TODAY = dayOf(NOW).table
const PERIOD_MS = 250
const YEARS_MS = 5 * 365 * DAY_MS

interface Lack {
  readonly what: string
  readonly happens: (lab: PartitionLab) => string
  /** Whether only a hand can bring back what is missing. */
  readonly isLasting?: true
}

const LACKS: readonly Lack[] = [
  { what: 'is missing', happens: ({ schema }) => `DROP TABLE ${schema}.${TODAY}` },
  {
    what: 'was detached by hand',
    happens: ({ schema, names }) => `ALTER TABLE ${names.settled} DETACH PARTITION ${schema}.${TODAY}`,
    isLasting: true,
  },
  {
    what: 'has lost its name to a table of the host',
    happens: ({ schema }) => `DROP TABLE ${schema}.${TODAY}; CREATE TABLE ${schema}.${TODAY} (id int)`,
    isLasting: true,
  },
]

it.each(LACKS)('keeps the outcomes of a day whose partition $what, and moves them as soon as it can', async (lack) => {
  const lab = await createPartitionLab(dataSource)
  await dataSource.query(lack.happens(lab))
  const runs = await lab.claim(3)
  expect(await lab.settle(runs)).toEqual(Array(3).fill('settled'))
  const read = async () => [await lab.entries(), await lab.counted()]
  const before = await read()
  expect(before).toMatchObject([runs.map(() => ({ state: 'succeeded' })), [{ succeeded: 3 }, { succeeded: 3 }]])
  expect(await lab.rowsIn('settled_default')).toBe(3)

  if (lack.isLasting) {
    await lab.prune()
    expect(await lab.rowsIn('settled_default')).toBe(3)
    expect(await lab.rowsIn(TODAY)).toBe(0)
    await dataSource.query(`DROP TABLE ${lab.schema}.${TODAY}`)
  }
  await lab.prune()
  expect(await lab.rowsIn('settled_default')).toBe(0)
  expect(await lab.rowsIn(TODAY)).toBe(3)
  expect(await read()).toEqual(before)
  expect(await lab.settle(runs)).toEqual(Array(3).fill('already_settled'))
})

it('leaves days to a partition of the host that spans them, and drops it when it is over', async () => {
  const lab = await createPartitionLab(dataSource)
  await dataSource.query(`DROP TABLE ${(await lab.days()).map((day) => `${lab.schema}.${day}`).join()}`)
  const [from, to] = [NOW - 60 * DAY_MS, NOW + 60 * DAY_MS].map((at) => `'${new Date(at).toISOString()}'`)
  await dataSource.query(
    `CREATE TABLE ${lab.schema}.season PARTITION OF ${lab.names.settled} FOR VALUES FROM (${from}) TO (${to})`,
  )
  await lab.settle(await lab.claim(3))
  await lab.prune()
  expect(await lab.days()).toEqual(['season'])
  expect(await lab.rowsIn('season')).toBe(3)
  // Months pass: a hand dates back what is there.
  await dataSource.query(`ALTER TABLE ${lab.names.settled} DETACH PARTITION ${lab.schema}.season`)
  const past = `'${new Date(NOW - 40 * DAY_MS).toISOString()}'`
  await dataSource.query(`UPDATE ${lab.schema}.season SET settled_at = ${from}`)
  await dataSource.query(
    `ALTER TABLE ${lab.names.settled} ATTACH PARTITION ${lab.schema}.season FOR VALUES FROM (${from}) TO (${past})`,
  )
  expect(await lab.prune()).toBe(3)
  expect(await lab.days()).not.toContain('season')
})

it('makes days although a hand has dropped the default partition', async () => {
  const lab = await createPartitionLab(dataSource)
  await dataSource.query(`DROP TABLE ${lab.names.settledDefault}, ${lab.schema}.${TODAY}`)
  const runs = await lab.claim(1)
  await expect(lab.settle(runs)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  await lab.prune()
  expect(await lab.settle(runs)).toEqual(['settled'])
})

it('keeps runs under way, with an error that may pass, while no partition takes their outcomes', async () => {
  const lab = await createPartitionLab(dataSource)
  const runs = await lab.claim(2)
  const attach = await lab.detachAll()
  const refused = { code: 'STORE_UNAVAILABLE', retryable: true, cause: { code: '23514' } }
  await expect(lab.settle(runs)).rejects.toMatchObject(refused)
  expect(await lab.entries()).toMatchObject([{ state: 'running' }, { state: 'running' }])
  await attach()
  expect(await lab.settle(runs)).toEqual(['settled', 'settled'])
  expect(await lab.counted()).toMatchObject([{ succeeded: 2 }, { succeeded: 2 }])
})

it('loses nothing of a scheduler at work while no partition takes its outcomes', async () => {
  const lab = await createPartitionLab(dataSource)
  const codes = new Set<string>()
  const started: number[] = []
  const note = (fields: object) => {
    if ('err' in fields && isSchedulerError(fields.err)) codes.add(fields.err.code)
  }
  const scheduler = createScheduler<EntityManager>({
    name: 'at-work',
    store: lab.store,
    sessions: lab.sessions,
    jobs: [
      {
        name: 'poll',
        schedule: every({ milliseconds: PERIOD_MS }),
        handler: ({ scheduledFor }) => void started.push(scheduledFor ?? Number.NaN),
      },
    ],
    logger: { debug() {}, info() {}, warn: note, error: note },
  })
  await scheduler.open()
  await runsGoOn(scheduler)
  const attach = await lab.detachAll()
  await within(5_000, () => codes.has('STORE_UNAVAILABLE'))
  await attach()
  await within(5_000, () => scheduler.state === 'running')
  await runsGoOn(scheduler)
  await closeAndAccount(scheduler, { ...lab, started, periodMs: PERIOD_MS })
  expect([...codes]).toEqual(['STORE_UNAVAILABLE'])
})

it('keeps what a clock years ahead settles, deletes by the clock of the server, and makes no days ahead of it', async () => {
  const lab = await createPartitionLab(dataSource)
  await lab.settle(await lab.claim(2))
  const days = await lab.days()
  const ahead = NOW + YEARS_MS
  await lab.register(ahead, 'ahead')
  expect(await lab.settle(await lab.claim(1), ahead)).toEqual(['settled'])
  const read = async () => [await lab.entries(), await lab.counted(), await lab.counted(ahead)]
  const before = await read()
  expect(before).toMatchObject([
    Array(3).fill({ state: 'succeeded' }),
    [{ succeeded: 3 }, { succeeded: 2 }],
    [{}, { succeeded: 1 }],
  ])
  expect(await lab.prune({ now: ahead })).toBe(0)
  expect(await lab.prune({ now: ahead, scheduler: 'ahead' })).toBe(0)
  expect(await read()).toEqual(before)
  expect(await lab.days()).toEqual(days)
  expect(await lab.rowsIn('settled_default')).toBe(1)
})

it('leaves a day in the default partition of which it has too much to move, and opens, prunes and makes the others', async () => {
  const lab = await createPartitionLab(dataSource)
  const [full, other] = [dayOf(NOW + 5 * DAY_MS), dayOf(NOW + 6 * DAY_MS)]
  await dataSource.query(`DROP TABLE ${lab.schema}.${full.table}, ${lab.schema}.${other.table}`)
  await dataSource.query(
    `INSERT INTO ${lab.names.settled} (seq, id, settled_at, scheduler, job, kind, state, trigger, scheduled_for, through, due_count)
     SELECT i, gen_random_uuid(), to_timestamp($1::float8 / 1000), 'mine', 'poll', 'unrun', 'missed', 'schedule', now(), now(), 1
     FROM generate_series(1, 100001) AS i`,
    [full.start],
  )
  await lab.register()
  await lab.prune()
  expect(await lab.rowsIn('settled_default')).toBe(100_001)
  expect(await lab.days()).toContain(other.table)
  expect(await lab.days()).not.toContain(full.table)
  await dataSource.query(`DELETE FROM ${lab.names.settled} WHERE seq = 1`)
  await dataSource.transaction('READ COMMITTED', (session) => makePartitions(session, lab.names, NOW))
  expect(await lab.rowsIn('settled_default')).toBe(0)
  expect(await lab.rowsIn(full.table)).toBe(100_000)
})

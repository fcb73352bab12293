import { isSchedulerError } from '@pm/scheduler-core'
import { DataSource, type EntityManager, type Logger } from 'typeorm'
import { DataSource as OldDataSource } from 'typeorm-0.3'
import { describe, expect, it, vi } from 'vitest'

import { claimAndSettle, type Ledger, registerJob } from '../../test/claim-and-settle.ts'
import { tellStory } from '../../test/parsers/tell-story.ts'
import { createStoreShelf } from '../../test/store-shelf.ts'
import { createTestBed, openStore } from '../../test/test-bed.ts'
import { migrateScheduler } from '../migrations/migrate-scheduler.ts'
import { statement } from '../store/statement.ts'
import { createTypeormSessions, type TypeormSessionsOptions } from './create-typeorm-sessions.ts'

const bed = await createTestBed()
const OWN = { unit: 'test', isOwn: true } as const

describe.each([
  ['1', DataSource],
  ['0.3', OldDataSource],
])('with TypeORM %s', (_, Class) => {
  it('prepares each statement once per connection, and none anew in 1,000 runs', async () => {
    const { dataSource, ledger } = await openLedger({ DataSource: Class })
    for (let round = 0; round < 3; round++) await claimAndSettle(ledger, 2)
    const prepared = await preparedOn(dataSource)
    expect(prepared.length).toBeGreaterThan(5)
    for (const { name, text } of prepared)
      expect([name, text]).toEqual([expect.stringMatching(OURS), expect.any(String)])
    expect(new Set(prepared.map(({ text }) => text)).size).toBe(prepared.length)
    for (let round = 0; round < 20; round++) {
      expect(await claimAndSettle(ledger, 50)).toEqual(Array(50).fill('settled'))
    }
    expect(await preparedOn(dataSource)).toEqual(prepared)
  })

  it('shows the text of a prepared statement to the log and the subscribers of the host', async () => {
    const logged: unknown[] = []
    const broadcast: unknown[] = []
    const logger = new Proxy({} as Logger, { get: () => (query: unknown) => logged.push(query) })
    const dataSource = await bed.open({ poolSize: 1, DataSource: Class, settings: { logging: true, logger } })
    dataSource.subscribers.push({ beforeQuery: ({ query }) => void broadcast.push(query) })
    const greet = statement('greet', 'SELECT $1::text AS greeting')
    for (const greeting of ['one', 'two', 'three']) {
      const rows = await createTypeormSessions(dataSource).withSession((session) => greet(session, greeting), OWN)
      expect(rows).toEqual([{ greeting }])
    }
    for (const seen of [logged, broadcast]) {
      expect(seen.filter((query) => query === 'SELECT $1::text AS greeting')).toHaveLength(3)
    }
    expect(await preparedOn(dataSource)).toHaveLength(1)
  })
})

it('answers the same as without', async () => {
  const told = []
  for (const preparedStatements of ['auto', false] as const) {
    const dataSource = await bed.open()
    const shelf = createStoreShelf(dataSource)
    const sessions = ownUnits(createTypeormSessions(dataSource, { preparedStatements }))
    const first = await shelf.take()
    await tellStory({ ...first, sessions })
    await first.close()
    // The same store again: now all that it runs is prepared.
    told.push(await tellStory({ ...(await shelf.take()), sessions }))
  }
  expect(told[0]).toEqual(told[1])
})

it.each([
  { preparedStatements: false },
  { preparedStatements: 'auto', because: 'the client does not tell its process', processID: null },
  { preparedStatements: 'auto', because: 'the client was greeted by a pooler', processID: -7 },
] as const)('prepares none: %o', async ({ preparedStatements, ...client }) => {
  const { dataSource, ledger } = await openLedger({ client, options: { preparedStatements } })
  for (let round = 0; round < 3; round++) await claimAndSettle(ledger, 2)
  expect(await preparedOn(dataSource)).toEqual([])
})

it('prepares on any connection when it is told to', async () => {
  const { dataSource, ledger } = await openLedger({
    client: { processID: -7 },
    options: { preparedStatements: true },
  })
  for (let round = 0; round < 3; round++) await claimAndSettle(ledger, 2)
  expect(await preparedOn(dataSource)).not.toEqual([])
})

it('asks each connection once whether it reaches the server', async () => {
  const { dataSource, ledger } = await openLedger({})
  const runner = dataSource.createQueryRunner()
  const client = await runner.connect()
  const sent = vi.spyOn(client, 'query')
  await runner.release()
  for (let round = 0; round < 5; round++) await claimAndSettle(ledger, 2)
  const asked = sent.mock.calls.filter(([text]) => String(text).includes('pg_backend_pid'))
  expect(asked).toHaveLength(1)
})

it("prepares neither what the host sends, nor the store's statements in units and transactions of the host", async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  const sessions = createTypeormSessions(dataSource, { preparedStatements: true })
  const count = statement('count', 'SELECT ($1::int + 1)::text AS next')
  const countTo3 = async (session: EntityManager) => {
    for (const n of [1, 2, 3]) expect(await count(session, n)).toEqual([{ next: String(n + 1) }])
  }
  await sessions.withSession(countTo3)
  await dataSource.transaction(countTo3)
  await sessions.withSession((session) => session.query('SELECT $1::int', [1]), OWN)
  expect(await preparedOn(dataSource)).toEqual([])
})

it('looks rows up by their indexes with plans from when the tables were empty, and leaves the planning of the host as it is', async () => {
  const { dataSource, ledger } = await openLedger({})
  for (let round = 0; round < 10; round++) await claimAndSettle(ledger, 2)
  const prepared: { statement: string }[] = await dataSource.query(
    `SELECT statement FROM pg_prepared_statements WHERE generic_plans > 0 AND statement !~ '^SELECT pg_'`,
  )
  expect(prepared).not.toEqual([])
  for (const { statement } of prepared) {
    const plan = await ledger.sessions.withSession(
      (session) => session.query(`EXPLAIN (GENERIC_PLAN) ${statement}`),
      OWN,
    )
    expect(JSON.stringify(plan), statement).not.toContain('Seq Scan')
  }
  const show = (session: EntityManager) => session.query('SHOW enable_seqscan')
  const [own, handlers] = [await ledger.sessions.withSession(show, OWN), await ledger.sessions.withSession(show)]
  expect([own, handlers, await show(dataSource.manager)]).toEqual(
    ['off', 'on', 'on'].map((value) => [{ enable_seqscan: value }]),
  )
})

it('does not prepare a statement that is made for one call', async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  const sessions = createTypeormSessions(dataSource)
  for (const n of [1, 2, 3]) await sessions.withSession((session) => statement('one', `SELECT ${n}`)(session), OWN)
  expect(await preparedOn(dataSource)).toEqual([])
})

it('goes on after the host has discarded what was prepared: one unit fails and may be tried again', async () => {
  const { dataSource, ledger } = await openLedger({})
  for (let round = 0; round < 3; round++) await claimAndSettle(ledger, 2)
  await dataSource.query('DISCARD ALL')
  await expect(claimAndSettle(ledger, 2)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    retryable: true,
    cause: expect.objectContaining({ code: '26000' }),
  })
  expect(await claimAndSettle(ledger, 2)).toEqual(['settled', 'settled'])
  await claimAndSettle(ledger, 2)
  expect(await preparedOn(dataSource)).not.toEqual([])
})

it('stops preparing for a host that discards again and again', async () => {
  const { dataSource, ledger } = await openLedger({})
  let failed = 0
  for (let round = 0; round < 20; round++) {
    await claimAndSettle(ledger, 2).catch((error: unknown) => {
      if (!isSchedulerError(error, 'STORE_UNAVAILABLE')) throw error
      failed++
    })
    await dataSource.query('DEALLOCATE ALL')
  }
  expect(failed).toBe(4)
  await claimAndSettle(ledger, 2)
  expect(await preparedOn(dataSource)).toEqual([])
})

it('costs one unit, not one per connection, when all of them have lost what was prepared', async () => {
  const dataSource = await bed.open({ poolSize: 3 })
  const sessions = createTypeormSessions(dataSource)
  const one = statement('one', 'SELECT $1::text AS one')
  await onEachOf(3, sessions, (session) => one(session, 'a'))
  await onEachOf(3, sessions, (session) => one(session, 'b'))
  await onEachOf(3, sessions, (session) => session.query('DEALLOCATE ALL'))
  const again = () => sessions.withSession((session) => one(session, 'c'), OWN)
  await expect(again()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(await onEachOf(3, sessions, (session) => one(session, 'd'))).toEqual(Array(3).fill([{ one: 'd' }]))
})

it('goes on when the tables are made anew under open connections', async () => {
  const { dataSource, ledger, schema } = await openLedger({})
  for (let round = 0; round < 3; round++) await claimAndSettle(ledger, 2)
  const other = await bed.open()
  await other.query(`DROP SCHEMA ${schema} CASCADE`)
  await migrateScheduler(other, { schema })
  await registerJob(ledger)
  for (let round = 0; round < 3; round++) expect(await claimAndSettle(ledger, 1)).toEqual(['settled'])
  expect(await preparedOn(dataSource)).not.toEqual([])
})

it('goes on when a statement would return other columns than it was prepared with', async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  await dataSource.query('CREATE TABLE changing (one text)')
  const sessions = createTypeormSessions(dataSource)
  const all = statement('all', 'TABLE changing')
  const read = () => sessions.withSession((session) => all(session), OWN)
  for (let round = 0; round < 3; round++) await read()
  await dataSource.query(`ALTER TABLE changing ADD COLUMN two text DEFAULT 'b'`)
  await dataSource.query(`INSERT INTO changing VALUES ('a')`)
  await expect(read()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  expect(await read()).toEqual([{ one: 'a', two: 'b' }])
})

it('leaves an error of the statement as it is', async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  const sessions = createTypeormSessions(dataSource)
  const divide = statement('divide', 'SELECT (1 / $1::int)::text AS quotient')
  const by = (n: number) => sessions.withSession((session) => divide(session, n), OWN)
  for (let round = 0; round < 3; round++) await expect(by(0)).rejects.toMatchObject({ code: 'STORE_REFUSED' })
  expect(await by(1)).toEqual([{ quotient: '1' }])
})

it.each(['never', 1, null])('refuses %j', (value) => {
  const options = { preparedStatements: value }
  const create = () => Reflect.apply(createTypeormSessions, undefined, [new DataSource({ type: 'postgres' }), options])
  expect(create).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path: 'preparedStatements' }),
    }),
  )
})

const OURS = /^pm_scheduler_[0-9a-f]{32}_0$/

interface LedgerOptions {
  readonly DataSource?: typeof DataSource | typeof OldDataSource
  readonly options?: TypeormSessionsOptions
  /** What the client of the only connection says of itself. */
  readonly client?: { readonly processID?: number | null }
}

/** A store with one job, through a pool of one connection. */
async function openLedger({ DataSource: Class = DataSource, options = {}, client = {} }: LedgerOptions) {
  const dataSource = await bed.open({ poolSize: 1, DataSource: Class })
  const { schema, store } = await openStore(dataSource)
  const runner = dataSource.createQueryRunner()
  Object.assign(await runner.connect(), client)
  await runner.release()
  const ledger: Ledger = { sessions: createTypeormSessions(dataSource, options), store }
  await registerJob(ledger)
  return { dataSource, ledger, schema }
}

/** Makes all units those of the scheduler itself. */
function ownUnits(sessions: Ledger['sessions']): Ledger['sessions'] {
  return { withSession: (work, options) => sessions.withSession(work, { ...options, isOwn: true }) }
}

/** What is prepared on the only connection of a pool. */
function preparedOn(dataSource: DataSource): Promise<readonly { name: string; text: string }[]> {
  return dataSource.query('SELECT name, statement AS text FROM pg_prepared_statements ORDER BY prepare_time, name')
}

/** Runs the same work in as many sessions at the same time. */
async function onEachOf<T>(
  connections: number,
  sessions: Ledger['sessions'],
  work: (session: EntityManager) => Promise<T>,
): Promise<T[]> {
  let arrived = 0
  const all = Promise.withResolvers<void>()
  return Promise.all(
    Array.from({ length: connections }, () =>
      sessions.withSession(async (session) => {
        if (++arrived === connections) all.resolve()
        await all.promise
        return work(session)
      }, OWN),
    ),
  )
}

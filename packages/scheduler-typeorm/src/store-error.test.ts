import { isSchedulerError, SchedulerError } from '@pm/scheduler-core'
import { expect, it } from 'vitest'
import { createTestBed, poolOf } from '../test/test-bed.ts'
import { createTypeormSessions } from './sessions/create-typeorm-sessions.ts'
import { statement } from './store/statement.ts'
import { toStoreError } from './store-error.ts'

const bed = await createTestBed()
const dataSource = await bed.open({ poolSize: 2 })

const PASSING = {
  connection_failure: '08006',
  disk_full: '53100',
  out_of_memory: '53200',
  too_many_connections: '53300',
  query_canceled: '57014',
  admin_shutdown: '57P01',
  cannot_connect_now: '57P03',
  io_error: '58030',
  read_only: '25006',
  serialization_failure: '40001',
  deadlock_detected: '40P01',
  lock_not_available: '55P03',
}

it.each(Object.entries(PASSING))('maps %s (%s) to STORE_UNAVAILABLE', async (_, state) => {
  const error = await raise(state).catch((reason: unknown) => reason)
  if (!isSchedulerError(error, 'STORE_UNAVAILABLE')) throw error
  expect(error).toMatchObject({ retryable: true, details: { operation: 'settle' }, cause: { code: state } })
  expect(poolOf(dataSource).busy).toBe(0)
})

it.each(['23505', '42P01', '42501', 'P0001'])(
  'leaves %s unchanged, since trying again would not help',
  async (state) => {
    const error = await raise(state).catch((reason: unknown) => reason)
    expect(isSchedulerError(error)).toBe(false)
    expect(error).toMatchObject({ code: state })
  },
)

it.each(['22P05', '22021', '22003', '22P02', '54000'])('maps %s to STORE_REFUSED', async (state) => {
  const error = await raise(state).catch((reason: unknown) => reason)
  if (!isSchedulerError(error, 'STORE_REFUSED')) throw error
  expect(error).toMatchObject({ retryable: false, details: { operation: 'settle' }, cause: { code: state } })
})

it('maps a violated check to STORE_REFUSED, and a row that no partition takes, which has the same state, to STORE_UNAVAILABLE', async () => {
  await dataSource.query('CREATE TABLE parted (n int CONSTRAINT positive CHECK (n > 0)) PARTITION BY RANGE (n)')
  await dataSource.query('CREATE TABLE small PARTITION OF parted FOR VALUES FROM (-10) TO (10)')
  const insert = statement('settle', 'INSERT INTO parted VALUES ($1)')
  const inserting = (n: number) => createTypeormSessions(dataSource).withSession((session) => insert(session, n))
  const cause = { code: '23514' }
  await expect(inserting(-1)).rejects.toMatchObject({ code: 'STORE_REFUSED', cause })
  await expect(inserting(10)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', cause })
  await dataSource.query('CREATE TABLE great PARTITION OF parted FOR VALUES FROM (10) TO (20)')
  await inserting(10)
})

it('maps failures of the network and of the pool, which have no SQLSTATE, to STORE_UNAVAILABLE', () => {
  const failures = [
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
  ]
  for (const failure of failures) {
    expect(toStoreError(failure, 'tick')).toMatchObject({ code: 'STORE_UNAVAILABLE', cause: failure })
  }
})

it('leaves our own errors, other errors and thrown values that are no errors unchanged', () => {
  const own = new SchedulerError('CONTROL_CONFLICT', { expected: 1, actual: 2 })
  for (const thrown of [own, null, undefined, 'text', {}, new Error('a bug')])
    expect(toStoreError(thrown, 'x')).toBe(thrown)
})

it('reports a deadlock and a serialization failure of two units as STORE_UNAVAILABLE, while one of them commits', async () => {
  await dataSource.query('CREATE TABLE pair (id int PRIMARY KEY, n int)')
  await dataSource.query('INSERT INTO pair VALUES (1, 0), (2, 0)')
  const sessions = createTypeormSessions(dataSource)
  const add = statement('settle', 'UPDATE pair SET n = n + 1 WHERE id = $1')
  const bothHoldOne = barrier(2)
  const crossing = [
    [1, 2],
    [2, 1],
  ].map((ids) =>
    sessions.withSession(async (session) => {
      await add(session, ids[0])
      await bothHoldOne()
      await add(session, ids[1])
    }),
  )
  const outcomes = await Promise.allSettled(crossing)
  const failed = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(failed).toMatchObject([{ code: 'STORE_UNAVAILABLE', cause: { code: '40P01' } }])
  expect(await dataSource.query('SELECT n FROM pair ORDER BY id')).toEqual([{ n: 1 }, { n: 1 }])
})

function raise(state: string): Promise<unknown> {
  const failing = statement('settle', `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${state}'; END $$`)
  return createTypeormSessions(dataSource).withSession((session) => failing(session))
}

function barrier(parties: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let arrived = 0
  return () => {
    arrived += 1
    if (arrived === parties) resolve()
    return promise
  }
}

import { createTcpProxy } from '@pm/scheduler-testing'
import { DataSource, type EntityManager } from 'typeorm'
import { DataSource as OldDataSource } from 'typeorm-0.3'
import { describe, expect, it } from 'vitest'

import { createTestBed, dataSourceOptions, poolOf } from '../../test/test-bed.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'

const OWN = { unit: 'tick', isOwn: true } as const

const bed = await createTestBed()

it('closes a connection that stops answering, and gives the next unit a new one', async () => {
  const { hostname: host, port } = new URL(bed.url)
  const proxy = await createTcpProxy({ target: { host, port: Number(port) } })
  const url = new URL(bed.url)
  url.port = String(proxy.port)
  const dataSource = await new DataSource(dataSourceOptions(url.href, 1)).initialize()
  const sessions = createTypeormSessions(dataSource, { answerTimeoutMs: 300 })
  const backends: number[] = []
  for (const silentAt of ['statement', 'begin', 'commit']) {
    const unit = sessions.withSession(async (session) => {
      backends.push(await backendOf(session))
      proxy.set({ kind: silentAt === 'commit' ? 'pass' : 'black-hole' })
      if (silentAt === 'statement') await session.query('SELECT 1')
      if (silentAt === 'commit') proxy.set({ kind: 'black-hole' })
    }, OWN)
    if (silentAt === 'begin') proxy.set({ kind: 'black-hole' })
    await expect(unit).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('tick: no answer within 300 ms'),
    })
    expect(poolOf(dataSource).busy).toBe(0)
    proxy.set({ kind: 'pass' })
    backends.push(await sessions.withSession(backendOf, OWN))
  }
  // A unit that got no answer to its BEGIN does not know its backend.
  expect(backends).toHaveLength(5)
  expect(backends[1]).not.toBe(backends[0])
  expect(backends.at(-1)).not.toBe(backends.at(-2))
  await dataSource.destroy()
  await proxy.close()
})

describe.each([
  ['1', DataSource],
  ['0.3', OldDataSource],
])('with TypeORM %s', (_, Class) => {
  it('limits statements of the scheduler for its transaction only, and no statement of the host', async () => {
    const dataSource = await bed.open({ poolSize: 1, DataSource: Class })
    await dataSource.query(`SET statement_timeout = '7min'`)
    const sessions = createTypeormSessions(dataSource, { answerTimeoutMs: 10_000 })
    const hosts = ['7min', '0', '0', 'read committed', 'off']
    expect(await sessions.withSession(settingsOf, OWN)).toEqual(['8s', '6s', '2s', 'read committed', 'off'])
    expect(await sessions.withSession(settingsOf)).toEqual(hosts)
    const readOnly = { ...OWN, readOnly: true }
    expect(await sessions.withSession(settingsOf, readOnly)).toEqual(['8s', '6s', '2s', 'repeatable read', 'on'])
    expect(await settingsOf(dataSource.manager)).toEqual(hosts)
    const unlimited = createTypeormSessions(dataSource, { answerTimeoutMs: Infinity, idleTimeoutMs: Infinity })
    expect(await unlimited.withSession(settingsOf, OWN)).toEqual(hosts)
  })
})

it('gives up the wait for a lock, and keeps the connection', async () => {
  const [dataSource, other] = [await bed.open({ poolSize: 1 }), (await bed.open()).createQueryRunner()]
  await dataSource.query('CREATE TABLE held (key text)')
  await other.startTransaction()
  await other.query('LOCK TABLE held')
  const sessions = createTypeormSessions(dataSource, { answerTimeoutMs: 1_000 })
  const backend = await sessions.withSession(backendOf, OWN)
  const unit = sessions.withSession((session) => session.query('SELECT * FROM held'), OWN)
  await expect(unit).rejects.toMatchObject({ code: '55P03' })
  expect(await sessions.withSession(backendOf, OWN)).toBe(backend)
  await other.rollbackTransaction()
  await other.release()
})

it('frees the rows of a process that stalls in the middle of a unit, also when there is no other limit', async () => {
  const [frozen, other] = [await bed.open({ poolSize: 1 }), await bed.open({ poolSize: 1 })]
  await other.query('CREATE TABLE wanted (key text)')
  const sessions = createTypeormSessions(frozen, { answerTimeoutMs: Infinity, idleTimeoutMs: 200 })
  const [locked, thawed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const unit = sessions.withSession(async (session) => {
    await session.query('LOCK TABLE wanted')
    locked.resolve()
    await thawed.promise
    await session.query('SELECT 1')
  }, OWN)
  const refused = expect(unit).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  await locked.promise
  expect(await other.query('SELECT * FROM wanted')).toEqual([])
  thawed.resolve()
  await refused
  expect(await sessions.withSession(backendOf, OWN)).toEqual(expect.any(Number))
})

it.each([0, -1, Number.NaN, 2 ** 31])('refuses a limit of %d ms', async (ms) => {
  const dataSource = new DataSource(dataSourceOptions(bed.url))
  for (const path of ['answerTimeoutMs', 'idleTimeoutMs']) {
    expect(() => createTypeormSessions(dataSource, { [path]: ms })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  }
})

async function settingsOf(session: EntityManager): Promise<string[]> {
  const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
  const columns = [...names, 'transaction_isolation', 'transaction_read_only'].map(
    (name) => `current_setting('${name}')`,
  )
  const [row] = await session.query(`SELECT ARRAY[${columns.join(', ')}] AS settings`)
  return row.settings
}

async function backendOf(session: EntityManager): Promise<number> {
  const [{ pid }] = await session.query('SELECT pg_backend_pid() AS pid')
  return pid
}

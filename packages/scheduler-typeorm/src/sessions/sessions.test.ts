import { once } from 'node:events'
import { createServer } from 'node:net'

import { isSchedulerError } from '@pm/scheduler-core'
import { DataSource, type EntityManager } from 'typeorm'
import { beforeEach, expect, it } from 'vitest'

import { createTestBed, dataSourceOptions, poolOf } from '../../test/test-bed.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'

const bed = await createTestBed()
const dataSource = await bed.open({ poolSize: 2 })
const admin = await bed.open({ poolSize: 1 })

beforeEach(async () => {
  await admin.query('DROP TABLE IF EXISTS note')
  await admin.query('CREATE TABLE note (key text UNIQUE DEFERRABLE INITIALLY DEFERRED)')
})

it('reports the state of the pool: null before there is one, then its connections, idle connections and waiting units', async () => {
  expect(createTypeormSessions(new DataSource(dataSourceOptions(bed.url))).pool?.()).toBeNull()
  const small = await bed.open({ poolSize: 2 })
  const sessions = createTypeormSessions(small)
  const gate = Promise.withResolvers<void>()
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const held = begun.map(({ resolve }) =>
    sessions.withSession(async () => {
      resolve()
      await gate.promise
    }),
  )
  await Promise.all(begun.map(({ promise }) => promise))
  const third = sessions.withSession(async () => sessions.pool?.())
  expect(sessions.pool?.()).toEqual({ size: 2, idle: 0, waiting: 1, most: 2 })
  gate.resolve()
  expect(await third).toMatchObject({ size: 2, waiting: 0 })
  await Promise.all(held)
  expect(sessions.pool?.()).toEqual({ size: 2, idle: 2, waiting: 0, most: 2 })
})

it('gives a new backend to the unit after one whose backend was terminated', async () => {
  const sessions = createTypeormSessions(dataSource)
  for (let round = 0; round < 20; round++) {
    let dead = 0
    const killed = sessions.withSession(
      async (session) => {
        dead = await backendOf(session)
        await admin.query('SELECT pg_terminate_backend($1)', [dead])
        // The connection breaks between the two statements or during the second. Neither may look like a mistake of the
        // work.
        if (round % 2 === 0) await brokenConnection(session)
        await session.query('SELECT 1')
      },
      { unit: 'poll' },
    )
    const error = await killed.then(() => null).catch((reason: unknown) => reason)
    if (!isSchedulerError(error, 'STORE_UNAVAILABLE')) throw error
    expect(error).toMatchObject({ retryable: true, details: { operation: 'poll' } })
    expect(error.cause).toBeInstanceOf(Error)
    expect(await sessions.withSession(backendOf)).not.toBe(dead)
  }
  expect(poolOf(dataSource).busy).toBe(0)
})

it('survives a server that accepts a connection and terminates it in the same packet', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.end(GREETING_AND_GOODBYE)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const rude = new DataSource(dataSourceOptions(bed.url))
  await rude.initialize()
  const { pool } = poolOf(rude)
  Object.assign(pool.options, { connectionString: undefined, host: '127.0.0.1', port, ssl: false })
  try {
    const unit = () => createTypeormSessions(rude).withSession(backendOf)
    // The first unit takes the connection that was opened before.
    await rude.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => {})
    for (let round = 0; round < 5; round++) await expect(unit()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(poolOf(rude).busy).toBe(0)
  } finally {
    await rude.destroy()
    server.close()
  }
})

it('closes the connection when the rollback fails', async () => {
  const sessions = createTypeormSessions(dataSource)
  let backend = 0
  const unit = sessions.withSession(async (session) => {
    backend = await backendOf(session)
    const runner = session.queryRunner
    if (runner) runner.rollbackTransaction = () => Promise.reject(new Error('the rollback failed'))
    throw new Error('the work failed')
  })
  await expect(unit).rejects.toThrow('the work failed')
  expect(poolOf(dataSource).busy).toBe(0)
  const next = await Promise.all([sessions.withSession(backendOf), sessions.withSession(backendOf)])
  expect(next).not.toContain(backend)
})

it('rejects with STORE_UNAVAILABLE when no connection becomes free in time, and goes on when one does', async () => {
  const sessions = createTypeormSessions(dataSource, { acquireTimeoutMs: 50 })
  const late = sessions.withSession(() =>
    sessions.withSession(async () => {
      const error = await sessions.withSession(backendOf, { unit: 'status' }).catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        retryable: true,
        message: expect.stringContaining('status: no connection within 50 ms'),
      })
      return 'done'
    }),
  )
  expect(await late).toBe('done')
  expect(await sessions.withSession(backendOf)).toEqual(expect.any(Number))
  await expect.poll(() => poolOf(dataSource).busy).toBe(0)
})

it('stops waiting for a connection when its signal aborts, and returns a connection that arrives too late', async () => {
  const sessions = createTypeormSessions(dataSource, { acquireTimeoutMs: 10_000 })
  const reason = new Error('shutting down')
  await sessions.withSession(() =>
    sessions.withSession(async () => {
      const abort = new AbortController()
      const waiting = sessions.withSession(backendOf, { signal: abort.signal })
      abort.abort(reason)
      await expect(waiting).rejects.toBe(reason)
    }),
  )
  await expect.poll(() => poolOf(dataSource).busy).toBe(0)
})

it('does not report success for a unit that caught the error of a failed statement and so lost its writes', async () => {
  const sessions = createTypeormSessions(dataSource)
  const unit = sessions.withSession(async (session) => {
    await session.query(`INSERT INTO note VALUES ('a')`)
    await session.query('SELECT nonsense').catch(() => {})
  })
  await expect(unit).rejects.toThrow(/current transaction is aborted/)
  expect(await admin.query('SELECT * FROM note')).toEqual([])
})

it('rejects when the commit is refused, with the reason', async () => {
  const sessions = createTypeormSessions(dataSource)
  const unit = sessions.withSession((session) => session.query(`INSERT INTO note VALUES ('a'), ('a')`))
  await expect(unit).rejects.toThrow(/duplicate key/)
  expect(poolOf(dataSource).busy).toBe(0)
})

it('makes a transaction that the host opens inside a unit a part of it', async () => {
  const sessions = createTypeormSessions(dataSource)
  await sessions.withSession(async (session) => {
    await session.transaction((inner) => inner.query(`INSERT INTO note VALUES ('kept')`))
    await session
      .transaction(async (inner) => {
        await inner.query(`INSERT INTO note VALUES ('lost')`)
        throw new Error('only this part')
      })
      .catch(() => {})
  })
  const failed = sessions.withSession(async (session) => {
    await session.transaction((inner) => inner.query(`INSERT INTO note VALUES ('lost with all')`))
    throw new Error('all of it')
  })
  await expect(failed).rejects.toThrow('all of it')
  expect(await admin.query('SELECT key FROM note')).toEqual([{ key: 'kept' }])
})

it('names the unit in the error when its session is used after the unit has ended', async () => {
  const sessions = createTypeormSessions(dataSource)
  const [kept] = await sessions.withSession(async (session) => [session], { unit: 'job:poll' })
  await expect(kept?.query('SELECT 1')).rejects.toMatchObject({ code: 'SESSION_CLOSED', details: { unit: 'job:poll' } })
  await expect(kept?.transaction(async () => {})).rejects.toMatchObject({ code: 'SESSION_CLOSED' })
})

it('rejects with STORE_UNAVAILABLE when the pool is closed while the unit works', async () => {
  const closed = await new DataSource(dataSourceOptions(bed.url)).initialize()
  const sessions = createTypeormSessions(closed)
  await poolOf(closed).end()
  await expect(sessions.withSession(backendOf)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})

async function backendOf(session: EntityManager): Promise<number> {
  const [{ pid }] = await session.query('SELECT pg_backend_pid() AS pid')
  return pid
}

function brokenConnection(session: EntityManager): Promise<void> {
  return expect.poll(() => session.queryRunner?.isReleased, { interval: 1 }).toBe(true)
}

/** AuthenticationOk, ReadyForQuery and the error of a shutdown, as PostgreSQL's protocol writes them. */
const GREETING_AND_GOODBYE = Buffer.concat([
  message('R', Buffer.from([0, 0, 0, 0])),
  message('Z', Buffer.from('I')),
  message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0')),
])

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}

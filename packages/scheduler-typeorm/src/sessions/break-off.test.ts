import type { DataSource, EntityManager } from 'typeorm'
import { DataSource as NewDataSource } from 'typeorm'
import { DataSource as OldDataSource } from 'typeorm-0.3'
import { describe, expect, it } from 'vitest'

import { createTestBed, poolOf } from '../../test/test-bed.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'

const READ = { unit: 'audit', isOwn: true, readOnly: true } as const
const REASON = new Error('hung up')

const bed = await createTestBed()

describe.each([
  ['1', NewDataSource],
  ['0.3', OldDataSource],
])('with TypeORM %s', (_, Class) => {
  it('cancels the statement that a read waits for on the server, and uses the connection again', async () => {
    const dataSource = await bed.open({ poolSize: 2, DataSource: Class })
    const watcher = await bed.open({ poolSize: 1 })
    const sessions = createTypeormSessions(dataSource)
    const gone = new AbortController()
    const [begun, backend] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
    const unit = sessions.withSession(
      async (session) => {
        backend.resolve(await backendOf(session))
        begun.resolve()
        await session.query('SELECT pg_sleep(3)')
      },
      { ...READ, signal: gone.signal },
    )
    const refused = expect(unit).rejects.toBe(REASON)
    await begun.promise
    await sleeping(watcher, await backend.promise)
    const before = performance.now()
    gone.abort(REASON)
    await refused
    expect(performance.now() - before).toBeLessThan(1_500)
    expect(await activeOf(watcher, await backend.promise)).toBe('idle')
    expect(poolOf(dataSource).busy).toBe(0)
    const used = await Promise.all([0, 1].map(() => sessions.withSession(backendOf, READ)))
    expect(used).toContain(await backend.promise)
  })
})

it('hits no statement of anybody else, however late it comes', async () => {
  const dataSource = await bed.open({ poolSize: 3 })
  const sessions = createTypeormSessions(dataSource)
  for (let round = 0; round < 60; round++) {
    const gone = new AbortController()
    const unit = sessions.withSession(
      async (session) => {
        for (;;) await session.query('SELECT count(*) FROM generate_series(1, 2000)')
      },
      { ...READ, signal: gone.signal },
    )
    const refused = expect(unit).rejects.toBe(REASON)
    for (let turns = 0; turns < round % 7; turns++) await new Promise(setImmediate)
    gone.abort(REASON)
    await refused
    const next = await Promise.all([0, 1].map(() => sessions.withSession(count, { unit: 'tick', isOwn: true })))
    expect(next).toEqual(['10', '10'])
  }
  expect(poolOf(dataSource).busy).toBe(0)
})

it('leaves a unit that writes, and one of the host, to their ends', async () => {
  const sessions = createTypeormSessions(await bed.open({ poolSize: 2 }))
  for (const kind of [{ isOwn: true }, { readOnly: true }]) {
    const gone = new AbortController()
    const unit = sessions.withSession(
      async (session) => {
        gone.abort(REASON)
        return count(session)
      },
      { unit: 'tick', ...kind, signal: gone.signal },
    )
    expect(await unit).toBe('10')
  }
})

it('ends a read between two statements where the pool has no second connection', async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  const sessions = createTypeormSessions(dataSource, { acquireTimeoutMs: 10_000 })
  const gone = new AbortController()
  let statements = 0
  const unit = sessions.withSession(
    async (session) => {
      for (; ; statements++) {
        const answer = session.query('SELECT pg_sleep(0.05)')
        if (statements === 1) gone.abort(REASON)
        await answer
      }
    },
    { ...READ, signal: gone.signal },
  )
  await expect(unit).rejects.toBe(REASON)
  expect(statements).toBe(2)
  expect(await sessions.withSession(count, READ)).toBe('10')
})

it('asks a connection only once which process of the server works for it', async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  const sessions = createTypeormSessions(dataSource)
  const sent: string[] = []
  const logQuery = (query: string) => void sent.push(query)
  Object.assign(dataSource.logger, { logQuery })
  for (let unit = 0; unit < 3; unit++) {
    await sessions.withSession(count, { ...READ, signal: new AbortController().signal })
  }
  expect(sent.filter((query) => query.includes('pg_backend_pid'))).toHaveLength(1)
})

async function backendOf(session: EntityManager): Promise<string> {
  return (await session.query('SELECT pg_backend_pid()::text AS pid'))[0].pid
}

async function count(session: EntityManager): Promise<string> {
  return (await session.query('SELECT count(*)::text AS n FROM generate_series(1, 10)'))[0].n
}

async function activeOf(watcher: DataSource, backend: string): Promise<string> {
  return (await watcher.query('SELECT state FROM pg_stat_activity WHERE pid = $1::int', [backend]))[0].state
}

/** Resolves when the backend executes the statement that sleeps. */
async function sleeping(watcher: DataSource, backend: string): Promise<void> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE pid = $1::int AND wait_event = 'PgSleep'`
  while ((await watcher.query(text, [backend])).length === 0);
}

import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { createTestBed } from '../../test/test-bed.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'

const bed = await createTestBed()
const plain = await bed.open()

it('makes units independent of the defaults of the connection', async () => {
  const options =
    '-c default_transaction_isolation=serializable -c default_transaction_read_only=on -c synchronous_commit=off'
  const sessions = createTypeormSessions(await bed.open({ settings: { extra: { options } } }))
  const writes = { isolation: 'read committed', readOnly: 'off', commit: 'on' }
  expect(await sessions.withSession(modesOf)).toEqual(writes)
  expect(await sessions.withSession(modesOf, { isOwn: true })).toEqual(writes)
  const reads = { isolation: 'repeatable read', readOnly: 'on' }
  expect(await sessions.withSession(modesOf, { readOnly: true })).toMatchObject(reads)
})

it.each(['local', 'remote_write', 'remote_apply'])('never weakens synchronous_commit = %s', async (value) => {
  const dataSource = await bed.open({ settings: { extra: { options: `-c synchronous_commit=${value}` } } })
  const { commit } = await createTypeormSessions(dataSource).withSession(modesOf)
  expect(commit).toBe(value === 'local' ? 'on' : value)
  expect(await dataSource.query('SHOW synchronous_commit')).toEqual([{ synchronous_commit: value }])
})

it('gives handlers handlerIsolation or the level of the DataSource, and the scheduler READ COMMITTED', async () => {
  const host = await bed.open({ settings: { isolationLevel: 'SERIALIZABLE' } })
  const sessions = createTypeormSessions(host)
  expect(await sessions.withSession(modesOf)).toMatchObject({ isolation: 'serializable', readOnly: 'off' })
  expect(await sessions.withSession(modesOf, { isOwn: true })).toMatchObject({ isolation: 'read committed' })
  const asked = createTypeormSessions(host, { handlerIsolation: 'REPEATABLE READ' })
  expect(await asked.withSession(modesOf)).toMatchObject({ isolation: 'repeatable read' })
})

it('refuses an unknown isolation level', () => {
  const options = { handlerIsolation: 'READ COMMITTED; DROP TABLE note' }
  expect(() => Reflect.apply(createTypeormSessions, undefined, [plain, options])).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path: 'handlerIsolation' }),
    }),
  )
})

async function modesOf(session: EntityManager): Promise<Record<string, string>> {
  const [modes] = await session.query(`SELECT current_setting('transaction_isolation') AS isolation,
    current_setting('transaction_read_only') AS "readOnly", current_setting('synchronous_commit') AS commit`)
  return modes
}

import type { DataSource } from 'typeorm'
import { expect, it } from 'vitest'

import { createTestBed } from '../../test/test-bed.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'

const bed = await createTestBed()

it.each(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE', 'aborted'])(
  'never works inside a transaction that the host left open: %s',
  async (left) => {
    const host = await bed.open({ settings: { extra: { max: 2 } } })
    await host.query('CREATE TABLE left_open (of text)')
    const sessions = createTypeormSessions(host)
    for (const isOwn of [true, false]) {
      await forget(host, left)
      await sessions.withSession((session) => session.query(`INSERT INTO left_open VALUES ('us')`), { isOwn })
      await forget(host, left)
      const read = () => sessions.withSession((session) => session.query('TABLE left_open'), { isOwn, readOnly: true })
      expect(await read()).not.toContainEqual({ of: 'host' })
    }
    expect(await host.query('TABLE left_open')).toEqual([{ of: 'us' }, { of: 'us' }])
    await host.query('DROP TABLE left_open')
  },
)

it('names the cause when every connection of the pool has an open transaction of the host', async () => {
  const host = await bed.open()
  const sessions = createTypeormSessions(spoiling(host))
  await expect(sessions.withSession(async () => {})).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringContaining('a transaction that the host has left open'),
  })
})

/** A mistake of a host: returns between begin and commit and releases the connection with its open transaction. */
async function forget(host: DataSource, left: string): Promise<void> {
  const runner = host.createQueryRunner()
  await runner.query(`START TRANSACTION ISOLATION LEVEL ${left === 'aborted' ? 'READ COMMITTED' : left}`)
  await runner.query(`INSERT INTO left_open VALUES ('host')`)
  if (left === 'aborted') await expect(runner.query('SELECT 1 / 0')).rejects.toThrow()
  await runner.release()
}

function spoiling(host: DataSource): DataSource {
  return new Proxy(host, {
    get(target, name) {
      if (name !== 'createQueryRunner') return Reflect.get(target, name)
      return () => {
        const runner = target.createQueryRunner()
        const connect = runner.connect.bind(runner)
        runner.connect = async () => {
          const client = await connect()
          await client.query('START TRANSACTION')
          await client.query('SELECT 1')
          return client
        }
        return runner
      }
    },
  })
}

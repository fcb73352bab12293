import { silentLogger } from '@pm/scheduler-core'
import { type RunConsumer, randomRunId } from '@pm/scheduler-core/store'
import { createTypeormSessions } from '@pm/scheduler-typeorm'
import { PgBoss } from 'pg-boss'
import { DataSource } from 'typeorm'
import { expect, it, onTestFinished } from 'vitest'

import { createPgBossEngine, type QuerySession } from '../src/index.ts'
import { createEngineBed } from './engine-bed.ts'

const bed = await createEngineBed()

/** What README.md says that a role needs where another one makes the tables. */
const RIGHTS = `
  GRANT USAGE ON SCHEMA pgboss TO worker;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO worker;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO worker;`

it('needs no right to make or change tables, once they are there', async () => {
  const boss = new PgBoss({ connectionString: bed.url, schedule: false })
  await boss.start()
  await boss.stop({ graceful: false })
  await bed.admin.query(`CREATE ROLE worker LOGIN PASSWORD 'for-this-test'; ${RIGHTS}`)
  const url = new URL(bed.url)
  url.username = 'worker'
  url.password = 'for-this-test'
  const dataSource = new DataSource({ type: 'postgres', url: url.href, poolSize: 4, installExtensions: false })
  await dataSource.initialize()
  const sessions = createTypeormSessions(dataSource)
  const warned: unknown[] = []
  const logger = { ...silentLogger, warn: (fields: object) => void warned.push(fields) }
  const engine = createPgBossEngine({ connection: url.href })
  onTestFinished(async () => {
    await engine.close()
    await dataSource.destroy()
  })

  await engine.open({ scheduler: 'rights', logger })
  await engine.ensureQueues(['default'])
  const taken: string[] = []
  const consumer: RunConsumer<QuerySession> = {
    queues: ['default'],
    concurrency: 10,
    room: 10,
    whenRoom: async () => {},
    takeOver: (delivery) =>
      sessions.withSession(async (session) => {
        const delivered = { taken: await delivery.fetch(session, 10), left: [], dropped: [] }
        await delivery.acknowledge?.(session, delivered)
        taken.push(...delivered.taken)
        return delivered
      }),
  }
  await engine.consume(consumer)
  const message = { id: randomRunId(), scheduler: 'rights', job: 'poll', queue: 'default', priority: 0 }
  await sessions.withSession((session) => engine.dispatch([message], session))
  await expect.poll(() => taken).toEqual([message.id])
  expect(warned).toEqual([])
})

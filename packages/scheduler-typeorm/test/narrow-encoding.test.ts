import { randomBytes } from 'node:crypto'

import { createScheduler, every } from '@pm/scheduler-core'
import { DataSource, type EntityManager } from 'typeorm'
import { afterAll, expect, it } from 'vitest'

import { createTypeormSessions, createTypeormStore, migrateScheduler } from '../src/index.ts'
import { runsGoOn } from './live-scheduler.ts'
import { createTestBed, dataSourceOptions } from './test-bed.ts'

const bed = await createTestBed()
const admin = await bed.open({ poolSize: 1 })
const database = `latin_${randomBytes(6).toString('hex')}`
await admin.query(`CREATE DATABASE ${database} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
const url = new URL(bed.url)
url.pathname = `/${database}`
const dataSource = await new DataSource(dataSourceOptions(url.href, 5)).initialize()
afterAll(async () => {
  await dataSource.destroy()
  await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
})

it('goes on in a database whose encoding lacks what handlers and operators write', async () => {
  await migrateScheduler(dataSource)
  const schedule = every({ milliseconds: 250 })
  const call = { outcome: 'succeeded', answered: true, durationMs: 5 } as const
  const scheduler = createScheduler<EntityManager>({
    name: 'latin',
    store: createTypeormStore(),
    sessions: createTypeormSessions(dataSource),
    jobs: [
      { name: 'failing', schedule, handler: () => Promise.reject(new Error('相場がありません')) },
      {
        name: 'named',
        schedule,
        handler(ctx) {
          ctx.report({ processed: 1 })
          for (const provider of ['Börse', '東証', 'plain']) ctx.recordCall({ provider, ...call })
        },
      },
    ],
  })
  await scheduler.open()
  for (let settled = 0; settled < 6; settled++) await runsGoOn(scheduler)

  const before = await scheduler.control()
  const refusal = { code: 'STORE_REFUSED', retryable: false, cause: { code: '22P05' } }
  await expect(scheduler.pause({ why: '休日' })).rejects.toMatchObject(refusal)
  expect(await scheduler.control()).toEqual(before)
  expect((await scheduler.listLog()).items).toEqual([])
  expect(scheduler.state).toBe('running')
  await runsGoOn(scheduler)

  const { items: failed } = await scheduler.listRuns({ job: 'failing', states: ['failed'] })
  const { items: named } = await scheduler.listRuns({ job: 'named', states: ['succeeded'] })
  expect(failed.length).toBeGreaterThanOrEqual(2)
  expect(named.length).toBeGreaterThanOrEqual(2)
  const message = '? The database could not store all of this outcome: what it lacks was left out.'
  for (const run of failed) expect(run).toMatchObject({ error: { name: 'Error', message } })
  for (const run of named) expect(run).toMatchObject({ items: { processed: 1 }, calls: [{ provider: 'plain' }] })
  await scheduler.close()
}, 30_000)

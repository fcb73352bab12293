import { createScheduler, every } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

it('keeps the SQLSTATE of a statement that the database refused in a handler', async () => {
  await dataSource.query('CREATE TABLE orders (id int PRIMARY KEY)')
  await dataSource.query('INSERT INTO orders VALUES (7)')
  const { sessions, store } = await openStore(dataSource)
  const scheduler = createScheduler({
    name: 'orders',
    sessions,
    store,
    clock: createManualClock(),
    jobs: [
      {
        name: 'import',
        schedule: every({ hours: 1 }),
        handler: (ctx) => ctx.withSession((session) => session.query('INSERT INTO orders VALUES (7)')),
      },
    ],
  })
  await scheduler.open()
  const settled = Promise.withResolvers<unknown>()
  scheduler.on('run-settled', settled.resolve)
  await scheduler.runJob('import', { by: 'a test' })
  await settled.promise
  const { items } = await scheduler.listRuns()
  await scheduler.close()
  expect(items).toMatchObject([
    {
      state: 'failed',
      error: {
        code: 'SQLSTATE_23505',
        name: 'QueryFailedError',
        message: 'duplicate key value violates unique constraint "orders_pkey"',
        sqlState: '23505',
      },
    },
  ])
})

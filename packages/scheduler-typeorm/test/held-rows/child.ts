/**
 * A process whose run completes and then keeps working in the same transaction, so that a test can stop it there. It
 * tells its parent when it has got there, and how the handler ended.
 */
import { setTimeout as sleep } from 'node:timers/promises'

import { createScheduler, defineJob, every, type RunContext } from '@pm/scheduler-core'
import { DataSource, type EntityManager } from 'typeorm'

import { createTypeormSessions, createTypeormStore } from '../../src/index.ts'
import { dataSourceOptions } from '../data-source-options.ts'

const [url = '', schema = '', transaction = ''] = process.argv.slice(2)
const dataSource = await new DataSource(dataSourceOptions(url, 4)).initialize()

async function completeAndGoOn(ctx: RunContext<EntityManager>, session: EntityManager): Promise<void> {
  await ctx.complete(session)
  process.send?.({ at: 'completed', runId: ctx.runId })
  await sleep(1_000)
  await session.query('SELECT 1')
}

const scheduler = createScheduler<EntityManager>({
  name: 'held',
  leaseMs: 1_000,
  jobs: [
    defineJob<EntityManager>({
      name: 'stopped',
      schedule: every({ hours: 1 }),
      handler: (ctx) =>
        (transaction === 'unit'
          ? ctx.withSession((session) => completeAndGoOn(ctx, session))
          : dataSource.transaction((session) => completeAndGoOn(ctx, session))
        ).then(
          () => process.send?.({ at: 'ended', error: null }),
          (error: unknown) => {
            process.send?.({ at: 'ended', error: String(error) })
            throw error
          },
        ),
    }),
  ],
  sessions: createTypeormSessions(dataSource),
  store: createTypeormStore({ schema }),
})
await scheduler.open()
await scheduler.runJob('stopped')
process.once('message', () => {
  void scheduler
    .close({ graceMs: 0 })
    .then(() => dataSource.destroy())
    .then(() => process.disconnect())
})

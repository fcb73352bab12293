// A host as README has it, with every package in use, and calls that must not compile.
import { createBullmqEngine } from '@pm/scheduler-bullmq'
import {
  createMemoryBackend,
  createScheduler,
  createWorker,
  cron,
  defineJob,
  every,
  isSchedulerError,
  toAdminStatus,
  toMarketDataStatus,
  z,
} from '@pm/scheduler-core'
import { createStatusClient } from '@pm/scheduler-core/client'
import { type AdminStatusV1, adminStatusV1 } from '@pm/scheduler-core/contract/v1'
import { createFetchHandler } from '@pm/scheduler-core/http'
import { createDashboard } from '@pm/scheduler-dashboard'
import { adminSchedulerRouter, healthRouter, schedulerDashboard, unsafeAllowAll } from '@pm/scheduler-express'
import { exchangeCalendar } from '@pm/scheduler-market-data'
import { createPgBossEngine } from '@pm/scheduler-pg-boss'
import { createManualClock, expectStandardMetrics } from '@pm/scheduler-testing'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import express from 'express'
import { DataSource, type EntityManager } from 'typeorm'

const poll = defineJob({
  name: 'poll',
  schedule: null,
  input: z.object({ symbols: z.array(z.string()) }),
  handler: (ctx) => {
    const symbols: string[] = ctx.input.symbols
    // @ts-expect-error: no input has this name
    ctx.input.symbol
    ctx.report({ processed: symbols.length })
  },
})

const recalculate = defineJob<EntityManager>({
  name: 'recalculate',
  schedule: cron('30 17 * * 1-5', { timezone: 'America/New_York' }),
  async handler(ctx) {
    await ctx.withSession(async (session) => {
      await session.query('SELECT 1')
      await ctx.complete(session)
    })
  },
})

export async function main(): Promise<void> {
  const clock = createManualClock()
  const inMemory = createScheduler({ name: 'in_memory', jobs: [poll], clock, ...createMemoryBackend() })
  await inMemory.runJob('poll', { input: { symbols: ['AAPL'] } })
  const { snapshot } = await inMemory.snapshot({ maxAgeMs: 0 })
  const admin: AdminStatusV1 = toAdminStatus(snapshot)
  const total: number = adminStatusV1.parse(admin).total_runs
  // @ts-expect-error: the admin response has these numbers at its root
  admin.recent_activity
  const rate: number | null = toMarketDataStatus(snapshot).recent_activity.success_rate
  expectStandardMetrics(admin, 'admin-v1')

  const dataSource = await new DataSource({ type: 'postgres', url: 'postgres://localhost/portfolio' }).initialize()
  await migrateScheduler(dataSource)
  const onPostgres = {
    name: 'portfolio_scheduler',
    jobs: [recalculate],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
  }
  const scheduler = createScheduler({
    ...onPostgres,
    engine: createPgBossEngine({ connection: 'postgres://localhost' }),
  })
  const worker = createWorker({ ...onPostgres, engine: createBullmqEngine({ connection: 'redis://localhost' }) })
  // @ts-expect-error: a job that wants an entity manager has none in memory
  createScheduler({ name: 'wrong', jobs: [recalculate], ...createMemoryBackend() })

  const app = express()
  app.use('/admin/scheduler', adminSchedulerRouter(scheduler, { authorize: unsafeAllowAll, control: true }))
  app.use('/admin', schedulerDashboard(createDashboard([scheduler, inMemory], { authorize: unsafeAllowAll })))
  app.use(healthRouter(scheduler))
  const handler = createFetchHandler(scheduler, {
    authorize: () => ({ allow: false, reason: 'forbidden' }),
  })
  const response: Response = await handler(new Request('http://localhost/'))

  const client = createStatusClient({ baseUrl: '' })
  const { symbols_processed } = await client.admin.status()
  try {
    await scheduler.open()
    await worker.open()
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
    const path: string = error.details.path
    console.error(path)
  }
  console.log(total, rate, response.status, symbols_processed, exchangeCalendar('XNYS'), every({ minutes: 1 }))
}

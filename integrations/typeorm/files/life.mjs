// One life of a host on PostgreSQL: `life.mjs N` is the Nth on the same database, and finds what the lives before it counted.
import 'reflect-metadata'
import assert from 'node:assert/strict'
import { createScheduler, defineJob, every, toAdminStatus } from '@pm/scheduler-core'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource } from 'typeorm'

async function main(life) {
  const dataSource = await new DataSource({ type: 'postgres', url: process.env.DATABASE_URL }).initialize()
  await dataSource.query('CREATE TABLE IF NOT EXISTS position (id int PRIMARY KEY, value int NOT NULL)')
  const recalculate = defineJob({
    name: 'recalculate',
    schedule: every({ minutes: 15 }),
    async handler(ctx) {
      await ctx.withSession(async (session) => {
        await session.query(
          'INSERT INTO position VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET value = position.value + 1',
        )
        await ctx.complete(session, { processed: 8 })
      })
    },
  })
  await migrateScheduler(dataSource)
  const scheduler = createScheduler({
    name: 'portfolio_scheduler',
    jobs: [recalculate],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
  })
  await scheduler.open()
  await scheduler.runJob('recalculate')
  await scheduler.whenIdle()
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  const { total_runs, successful_runs } = toAdminStatus(snapshot)
  assert.deepEqual({ total_runs, successful_runs }, { total_runs: life, successful_runs: life })
  assert.deepEqual(await dataSource.query('SELECT value FROM position'), [{ value: life }])
  await scheduler.close()
  await dataSource.destroy()
}

main(Number(process.argv[2])).catch((error) => {
  console.error(error)
  process.exit(1)
})

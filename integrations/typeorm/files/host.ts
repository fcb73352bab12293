// The packages fit the types of the installed TypeORM, whichever it is.
import { createScheduler, defineJob, every } from '@pm/scheduler-core'
import { createTypeormSessions, createTypeormStore, migrateScheduler, schedulerMigrations } from '@pm/scheduler-typeorm'
import { DataSource, type EntityManager } from 'typeorm'

const dataSource = new DataSource({
  type: 'postgres',
  url: 'postgres://localhost/portfolio',
  migrations: [...schedulerMigrations()],
})

export const recalculate = defineJob<EntityManager>({
  name: 'recalculate',
  schedule: every({ minutes: 15 }),
  handler: (ctx) => ctx.withSession((session) => ctx.complete(session)),
})

export async function main(): Promise<void> {
  await migrateScheduler(dataSource)
  const scheduler = createScheduler({
    name: 'portfolio_scheduler',
    jobs: [recalculate],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
  })
  await scheduler.open()
}

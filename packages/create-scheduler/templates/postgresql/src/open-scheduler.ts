import { consoleLogger, createScheduler, type Scheduler } from '@pm/scheduler-core'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource } from 'typeorm'

import { jobs } from './jobs.ts'
import { SettingError } from './settings.ts'

export interface OpenScheduler {
  readonly scheduler: Scheduler
  /** Called when the scheduler is closed. */
  disconnect(): Promise<void>
}

/**
 * Connects to the database of DATABASE_URL, makes the tables of the scheduler where they are missing, and opens it. A job
 * has a transaction by `ctx.withSession`.
 */
export async function openScheduler(env: NodeJS.ProcessEnv): Promise<OpenScheduler> {
  const { DATABASE_URL } = env
  if (!DATABASE_URL) throw new SettingError('DATABASE_URL has to be the address of a PostgreSQL: see .env.example.')
  const logger = consoleLogger()
  const dataSource = new DataSource({
    type: 'postgres',
    url: DATABASE_URL,
    applicationName: '{{schedulerName}}',
    connectTimeoutMS: 5_000,
    // Without a handler, an idle connection that breaks would end the process.
    poolErrorHandler: (error: Error) => logger.warn({ error }, 'an idle database connection broke'),
  })
  await dataSource.initialize()
  await migrateScheduler(dataSource)
  const scheduler = createScheduler({
    name: '{{schedulerName}}',
    jobs,
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
    logger,
  })
  await scheduler.open()
  return { scheduler, disconnect: () => dataSource.destroy() }
}

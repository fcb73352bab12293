import { join } from 'node:path'

import { isSchedulerError } from '@pm/scheduler-core'
import { migrateScheduler } from '@pm/scheduler-typeorm'
import type { DataSource } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import { migrateDatabase } from '../database/migrate.ts'
import { UserError } from '../user-error.ts'

/**
 * Creates or upgrades the tables of the application and of the scheduler. Returns how many migrations ran.
 *
 * @throws UserError when an earlier build of the scheduler made its tables; the error says what to delete.
 */
export async function migrate(
  dataSource: DataSource,
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<number> {
  const own = await migrateDatabase(dataSource)
  const scheduler = await migrateScheduler(dataSource).catch((error: unknown) => {
    if (!isSchedulerError(error, 'SCHEMA_OF_EARLIER_BUILD')) throw error
    throw new UserError(error.message, [remedy(error.details.schema, config)], { cause: error })
  })
  return own + scheduler.length
}

function remedy(schema: string, { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string {
  if (databaseUrl !== null) return `Run DROP SCHEMA "${schema}" CASCADE in the database of DATABASE_URL.`
  return `Delete ${join(dataDir, 'postgres')}, or let DATA_DIR name an empty folder.`
}

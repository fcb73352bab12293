import type { Logger } from '@pm/scheduler-core'

import type { Config } from '../config/read-config.ts'
import { connectDatabase } from '../database/connect.ts'
import { grantTo } from '../database/grants.ts'
import { prepareQueueTables } from '../database/queue-tables.ts'
import { migrate } from './migrate.ts'
import type { Database } from './open-database.ts'

/**
 * Migrates as the owner of the tables, those of the queue too where there are workers, gives the role that the application
 * runs as its rights, and closes the owner's connections: nothing else is done as the owner. Returns how many migrations ran.
 *
 * @throws UserError as `connectDatabase` and `migrate` do.
 */
export async function prepareTables({ database, config, logger }: PrepareTablesOptions): Promise<number> {
  const { url, ownerUrl, role } = database
  const variable = role === null ? 'DATABASE_URL' : 'DATABASE_OWNER_URL'
  const owner = await connectDatabase({ url: ownerUrl ?? url, variable, logger })
  try {
    const count = await migrate(owner, config)
    if (role !== null) await grantTo(role, owner)
    if (config.workers > 0) await prepareQueueTables(ownerUrl ?? url, owner, role)
    return count
  } finally {
    await owner.destroy()
  }
}

export interface PrepareTablesOptions {
  readonly database: Pick<Database, 'url' | 'ownerUrl' | 'role'>
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir' | 'workers'>
  readonly logger: Logger
}

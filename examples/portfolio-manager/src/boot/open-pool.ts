import type { Logger } from '@pm/scheduler-core'
import type { DataSource } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import { connectDatabase } from '../database/connect.ts'
import type { RolePasswords } from '../database/roles.ts'
import { openDatabase } from './open-database.ts'
import { prepareTables } from './prepare-tables.ts'
import type { Progress } from './progress.ts'

/** The application's pool, and how the tables are kept where its role may not do it. */
export interface Pool {
  readonly dataSource: DataSource
  /** The address that the application runs with. */
  readonly url: string
  /** Prepares the tables as their owner; `null` where the application's own role owns them, and schedulers do it. */
  readonly keepTables: (() => Promise<number>) | null
}

/**
 * Opens the database, prepares its tables as their owner, and connects as the role that the application runs as. What was
 * opened is closed with `starting`.
 *
 * @throws UserError for a problem that the person who starts it can fix, or the signal's reason.
 */
export async function openPool(options: OpenPoolOptions): Promise<Pool> {
  const { progress, starting, config, passwords, logger, signal } = options
  const database = await progress.step({
    name: 'database',
    work: () => openDatabase(config, { passwords, signal }),
    result: ({ description }) => description,
  })
  starting.defer(() => database.close())

  const keepTables = () => prepareTables({ database, config, logger })
  await progress.step({
    name: 'migrations',
    work: keepTables,
    result: (count) => `${count} applied`,
  })

  const { url, role } = database
  const dataSource = await progress.step({
    name: 'connection',
    work: () => connectDatabase({ url, logger }),
    result: () => `a pool of connections with time limits${role === null ? '' : `, as ${role}`}`,
  })
  starting.defer(() => dataSource.destroy())
  return { dataSource, url, keepTables: role === null ? null : keepTables }
}

export interface OpenPoolOptions {
  readonly progress: Progress
  readonly starting: AsyncDisposableStack
  readonly config: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir' | 'workers'>
  readonly passwords: RolePasswords
  readonly logger: Logger
  readonly signal: AbortSignal
}

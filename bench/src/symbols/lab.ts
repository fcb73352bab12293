import { quoteTablesMigration } from '@pm/scheduler-market-data'
import { migrateScheduler } from '@pm/scheduler-typeorm'
import type { DataSource, Logger } from 'typeorm'

import { openPostgres } from '../lab/postgres.ts'
import { BULK_TABLE } from './bulk-insert.ts'
import { OLD_TABLES, OldQuoteEntity } from './old-statements.ts'

export const LAYOUT = { scope: 'market_data' } as const

export interface Lab extends AsyncDisposable {
  readonly dataSource: DataSource
  /** How many statements were sent so far, those of transactions included. */
  readonly statements: () => number
  /** How many of them wrote prices. */
  readonly saves: () => number
  /** Of PostgreSQL. */
  readonly version: string
}

/** A durable PostgreSQL of its own, with the tables of all contenders. */
export async function openLab(): Promise<Lab> {
  let statements = 0
  let saves = 0
  const nothing = () => {}
  const logger: Logger = {
    logQuery: (statement) => {
      statements++
      if (/INSERT INTO "?(old_)?(quotes|feeds)\b/.test(statement)) saves++
    },
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  }
  const postgres = await openPostgres({ entities: [OldQuoteEntity], logging: ['query'], logger })
  const { dataSource } = postgres
  for (const statement of [...quoteTablesMigration(LAYOUT).up, ...OLD_TABLES, BULK_TABLE])
    await dataSource.query(statement)
  await migrateScheduler(dataSource)
  return {
    dataSource,
    statements: () => statements,
    saves: () => saves,
    version: postgres.version,
    [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
  }
}

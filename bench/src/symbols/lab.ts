import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { quoteTablesMigration } from '@pm/scheduler-market-data'
import { migrateScheduler } from '@pm/scheduler-typeorm'
import { DataSource, type Logger } from 'typeorm'

import { OLD_TABLES, OldQuoteEntity } from './before.ts'
import { BULK_TABLE } from './bulk-insert.ts'

export const LAYOUT = { scope: 'market_data' } as const

export interface Lab extends AsyncDisposable {
  readonly dataSource: DataSource
  /** How many statements were sent so far, those of transactions included. */
  readonly statements: () => number
  /** How many of them wrote prices. */
  readonly saves: () => number
}

/** A durable PostgreSQL of its own, with the tables of all contenders. */
export async function openLab(): Promise<Lab> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
  const server = await startEmbeddedPostgres({ dataDir })
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
  const dataSource = await new DataSource({
    type: 'postgres',
    url: server.url,
    installExtensions: false,
    entities: [OldQuoteEntity],
    logging: ['query'],
    logger,
  }).initialize()
  for (const statement of [...quoteTablesMigration(LAYOUT).up, ...OLD_TABLES, BULK_TABLE])
    await dataSource.query(statement)
  await migrateScheduler(dataSource)
  return {
    dataSource,
    statements: () => statements,
    saves: () => saves,
    async [Symbol.asyncDispose]() {
      await dataSource.destroy()
      await server.stop('immediate')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

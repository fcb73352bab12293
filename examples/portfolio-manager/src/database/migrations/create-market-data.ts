import { quotaLedgerTable, quoteTablesMigration } from '@pm/scheduler-market-data'
import type { MigrationInterface, QueryRunner } from 'typeorm'

import { QUOTE_LAYOUT } from '../quote-layout.ts'

/** Creates the tables of `@pm/scheduler-market-data`: quotes, feeds, and the used daily quota. */
export class CreateMarketData implements MigrationInterface {
  readonly name = 'CreateMarketData1764000000003'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of quoteTablesMigration(QUOTE_LAYOUT).up) await runner.query(statement)
    await runner.query(quotaLedgerTable())
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE market_data_quota')
    for (const statement of quoteTablesMigration(QUOTE_LAYOUT).down) await runner.query(statement)
  }
}

import { quotaLedgerTable } from '@pm/scheduler-market-data'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Creates the tables of the latest delivery of each provider and symbol, and of the used daily quota. */
export class CreateFeedsAndQuota implements MigrationInterface {
  readonly name = 'CreateFeedsAndQuota1764000000003'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE feeds (
        market_data text NOT NULL CHECK (market_data IN ('live', 'replay')),
        provider    text NOT NULL,
        symbol      text NOT NULL,
        price       numeric NOT NULL,
        event_time  timestamptz NOT NULL,
        fetched_at  timestamptz NOT NULL,
        changed_at  timestamptz NOT NULL,
        since       timestamptz NOT NULL,
        PRIMARY KEY (market_data, provider, symbol)
      )`)
    await runner.query(quotaLedgerTable())
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE market_data_quota')
    await runner.query('DROP TABLE feeds')
  }
}

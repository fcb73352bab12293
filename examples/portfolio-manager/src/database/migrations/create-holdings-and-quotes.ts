import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateHoldingsAndQuotes implements MigrationInterface {
  readonly name = 'CreateHoldingsAndQuotes1764000000001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE holdings (
        symbol   text PRIMARY KEY,
        name     text NOT NULL,
        unit     text NOT NULL,
        quantity numeric NOT NULL CHECK (quantity >= 0),
        currency text NOT NULL
      )`)
    await runner.query(`
      CREATE TABLE quotes (
        market_data          text NOT NULL CHECK (market_data IN ('live', 'replay')),
        symbol               text NOT NULL,
        event_time           timestamptz NOT NULL,
        event_time_precision text NOT NULL,
        price                numeric NOT NULL,
        currency             text NOT NULL,
        provider             text NOT NULL,
        fetched_at           timestamptz NOT NULL,
        PRIMARY KEY (market_data, symbol, event_time)
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quotes')
    await runner.query('DROP TABLE holdings')
  }
}

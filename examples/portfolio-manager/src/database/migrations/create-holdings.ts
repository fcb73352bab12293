import type { MigrationInterface, QueryRunner } from 'typeorm'

export class CreateHoldings implements MigrationInterface {
  readonly name = 'CreateHoldings1764000000001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE holdings (
        symbol   text PRIMARY KEY,
        name     text NOT NULL,
        unit     text NOT NULL,
        quantity numeric NOT NULL CHECK (quantity >= 0),
        currency text NOT NULL
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE holdings')
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * A small portfolio of symbols that the replay has prices for, in dollars and pounds; London quotes its prices in pence.
 * Without the VIX, an index that can be watched but not held.
 */
export class SeedSampleHoldings implements MigrationInterface {
  readonly name = 'SeedSampleHoldings1764000000002'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO holdings (symbol, name, unit, quantity, currency) VALUES
        ('AAPL', 'Apple', 'shares', 120, 'USD'),
        ('BZ=F', 'Brent crude oil', 'barrels', 75, 'USD'),
        ('CL=F', 'WTI crude oil', 'barrels', 150.5, 'USD'),
        ('NG=F', 'Henry Hub natural gas', 'MMBtu', 2500, 'USD'),
        ('VOD.L', 'Vodafone', 'shares', 1000, 'GBP')`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM holdings WHERE symbol IN ('AAPL', 'BZ=F', 'CL=F', 'NG=F', 'VOD.L')")
  }
}

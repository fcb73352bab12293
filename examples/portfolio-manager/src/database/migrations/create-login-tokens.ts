import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Creates the table of sessions and login links. */
export class CreateLoginTokens implements MigrationInterface {
  readonly name = 'CreateLoginTokens1764000000004'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE login_tokens (
        hash       text PRIMARY KEY,
        account    text NOT NULL,
        expires_at timestamptz NOT NULL
      )`)
    await runner.query('CREATE INDEX login_tokens_account_idx ON login_tokens (account)')
    await runner.query('CREATE INDEX login_tokens_expires_at_idx ON login_tokens (expires_at)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE login_tokens')
  }
}

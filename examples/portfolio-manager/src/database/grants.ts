import { schedulerGrants } from '@pm/scheduler-typeorm'
import type { DataSource } from 'typeorm'

/**
 * Gives the application's role the rights that it needs, and no more: it makes and changes no table. Run it as the owner
 * after each migration; it may be repeated.
 */
export async function grantTo(role: string, owner: DataSource): Promise<void> {
  const statements = [...applicationGrants(role), ...schedulerGrants({ role })]
  await owner.transaction(async (manager) => {
    for (const statement of statements) await manager.query(statement)
  })
}

function applicationGrants(role: string): readonly string[] {
  const to = `TO "${role.replaceAll('"', '""')}"`
  return [
    `GRANT USAGE ON SCHEMA public ${to}`,
    `GRANT SELECT ON holdings ${to}`,
    `GRANT SELECT, INSERT, UPDATE ON quotes, feeds, market_data_quota ${to}`,
    `GRANT SELECT, INSERT, DELETE ON login_tokens ${to}`,
  ]
}

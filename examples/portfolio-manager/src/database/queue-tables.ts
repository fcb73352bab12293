import { PgBoss } from 'pg-boss'
import type { DataSource } from 'typeorm'

/** Where pg-boss keeps the queue that carries polls to workers. */
const SCHEMA = 'pgboss'

/**
 * Makes or migrates the tables of pg-boss as their owner, and gives the application's role the rights to use them. May be
 * repeated.
 *
 * @param role whom to give them to; `null` when the owner runs the application.
 */
export async function prepareQueueTables(ownerUrl: string, owner: DataSource, role: string | null): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, schema: SCHEMA, schedule: false, supervise: false })
  // What goes wrong while it starts is thrown there.
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false })
  if (role === null) return
  await owner.transaction(async (manager) => {
    for (const statement of grantsTo(role)) await manager.query(statement)
  })
}

function grantsTo(role: string): readonly string[] {
  const to = `TO "${role.replaceAll('"', '""')}"`
  return [
    `GRANT USAGE ON SCHEMA ${SCHEMA} ${to}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} ${to}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} ${to}`,
  ]
}

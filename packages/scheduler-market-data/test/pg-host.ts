import type { SessionProvider } from '@pm/scheduler-core'
import type { Pool, PoolClient } from 'pg'

/** Sessions of a host that uses pg without an ORM. */
export const sessionsOn = (pool: Pool): SessionProvider<PoolClient> => ({
  async withSession(work) {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  },
})

/** How such a host runs one statement. */
export const query = async (client: PoolClient, sql: string, values: readonly unknown[]) =>
  (await client.query(sql, [...values])).rows

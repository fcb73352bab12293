import type { SessionProvider } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

/** A session or a login link as it is stored: whoever reads the table can log in with nothing that is in it. */
export interface StoredToken {
  /** The SHA-256 of what the browser has, in hex. */
  readonly hash: string
  readonly account: string
  readonly expiresAt: Date
}

/** Where sessions and login links are kept. Each method rejects when the store cannot be reached. */
export interface TokenStore {
  /** Adds a token, and forgets those that have expired by `now`. */
  add(token: StoredToken, now: Date): Promise<void>
  /** `null` when there is none. Whether it has expired is for the caller to see. */
  find(hash: string): Promise<StoredToken | null>
  /** Removes a token and returns it. Of several callers at the same time one gets it, the others `null`. */
  take(hash: string): Promise<StoredToken | null>
  /** Removes every token of an account. */
  removeAll(account: string): Promise<void>
}

/** The table `login_tokens`. */
export function createSqlTokenStore(sessions: SessionProvider<EntityManager>): TokenStore {
  const query = (sql: string, values: readonly unknown[], readOnly = false) =>
    sessions.withSession((manager): Promise<unknown> => manager.query(sql, [...values]), { unit: 'login', readOnly })
  return {
    async add({ hash, account, expiresAt }, now) {
      await query('DELETE FROM login_tokens WHERE expires_at <= $1', [now])
      await query('INSERT INTO login_tokens (hash, account, expires_at) VALUES ($1, $2, $3)', [
        hash,
        account,
        expiresAt,
      ])
    },
    async find(hash) {
      return firstOf(await query(`SELECT ${COLUMNS} FROM login_tokens WHERE hash = $1`, [hash], true))
    },
    async take(hash) {
      // Of a statement that writes, TypeORM returns the rows and their number.
      const [rows] = (await query(`DELETE FROM login_tokens WHERE hash = $1 RETURNING ${COLUMNS}`, [hash])) as unknown[]
      return firstOf(rows)
    },
    async removeAll(account) {
      await query('DELETE FROM login_tokens WHERE account = $1', [account])
    },
  }
}

const COLUMNS = 'hash, account, expires_at AS "expiresAt"'

function firstOf(rows: unknown): StoredToken | null {
  const [row] = rows as StoredToken[]
  return row ?? null
}

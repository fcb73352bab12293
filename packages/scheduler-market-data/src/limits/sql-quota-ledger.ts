import { type EpochMs, SchedulerError, type SessionProvider } from '@pm/scheduler-core'

import { plainName } from '../options/check-option.ts'
import type { QuotaLedger } from './quota-ledger.ts'

export interface SqlQuotaLedgerOptions<S> {
  /** Each operation uses its own session, which ends before a request is sent. */
  readonly sessions: SessionProvider<S>
  /** Runs one statement in the session and returns its rows: `(manager, sql, values) => manager.query(sql, values)`. */
  readonly query: (session: S, sql: string, values: readonly unknown[]) => Promise<readonly unknown[]>
  /** The table of the ledger, optionally with its schema (default `market_data_quota`). */
  readonly table?: string
}

/**
 * A ledger in a PostgreSQL table of the host, which `quotaLedgerTable` creates. It has one row per provider. One
 * statement checks and changes the row, so that instances need no other lock. Throws `INVALID_OPTIONS` for an invalid
 * table name.
 */
export function createSqlQuotaLedger<S>(options: SqlQuotaLedgerOptions<S>): QuotaLedger {
  const { sessions, query } = options
  const table = checkTable(options.table)
  const run = async (session: S, sql: string, values: readonly unknown[]) => heldIn(await query(session, sql, values))

  return Object.freeze({
    reserve({ provider, limit, now, heldUntil, signal }) {
      const work = async (session: S) => {
        const held = await run(session, RESERVE(table), [provider, now, heldUntil, limit])
        if (held !== null) return { granted: true, held: countingAt(now, held) }
        return { granted: false, held: countingAt(now, (await run(session, READ(table), [provider])) ?? []) }
      }
      return sessions.withSession(work, { unit: `quota:${provider}`, ...(signal && { signal }) })
    },
    async settle({ provider, heldUntil, until }) {
      const work = (session: S) => query(session, SETTLE(table), [provider, heldUntil, until])
      await sessions.withSession(work, { unit: `quota:${provider}` })
    },
    read({ provider, now }) {
      const work = async (session: S) => countingAt(now, (await run(session, READ(table), [provider])) ?? [])
      return sessions.withSession(work, { unit: `quota:${provider}`, readOnly: true })
    },
  } satisfies QuotaLedger)
}

/** The statement that creates the table of a ledger, for a migration of the host. Throws as `createSqlQuotaLedger` does. */
export function quotaLedgerTable(table?: string): string {
  return `CREATE TABLE IF NOT EXISTS ${checkTable(table)} (provider text PRIMARY KEY, held_until bigint[] NOT NULL)`
}

/**
 * Locks the row before it evaluates the condition, so that the second of two concurrent callers sees the first's
 * change.
 */
const RESERVE = (table: string) => `
  INSERT INTO ${table} AS quota (provider, held_until) VALUES ($1, ARRAY[$3::bigint])
  ON CONFLICT (provider) DO UPDATE
     SET held_until = ARRAY(SELECT until FROM unnest(quota.held_until) AS until WHERE until > $2) || $3::bigint
   WHERE (SELECT count(*) FROM unnest(quota.held_until) AS until WHERE until > $2) < $4
  RETURNING ${HELD('quota.held_until')}`

const SETTLE = (table: string) => `
  UPDATE ${table}
     SET held_until = held_until[:array_position(held_until, $2::bigint) - 1]
                   || held_until[array_position(held_until, $2::bigint) + 1:] || $3::bigint
   WHERE provider = $1 AND $2::bigint = ANY (held_until)`

const READ = (table: string) => `SELECT ${HELD('held_until')} FROM ${table} WHERE provider = $1`

/** Selected as text, since a host may replace pg's parser of `bigint[]` for the whole process. */
const HELD = (column: string) => `array_to_json(${column})::text AS held_until`

/**
 * The instants in the first row; `null` when there is no row.
 *
 * @throws SchedulerError `STORE_CORRUPT` for a value that is not a list of instants.
 */
function heldIn([row]: readonly unknown[]): readonly EpochMs[] | null {
  if (row === undefined) return null
  const text = typeof row === 'object' && row !== null && 'held_until' in row ? row.held_until : undefined
  const held = typeof text === 'string' ? parsed(text) : undefined
  if (Array.isArray(held) && held.every(Number.isSafeInteger)) return held
  const value = typeof text === 'string' ? JSON.stringify(text.slice(0, 60)) : String(text)
  throw new SchedulerError('STORE_CORRUPT', { where: 'held_until', value })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function countingAt(now: EpochMs, held: readonly EpochMs[]): readonly EpochMs[] {
  return held.filter((until) => until > now).sort((a, b) => a - b)
}

function checkTable(table = 'market_data_quota'): string {
  return plainName({ path: 'table', value: table, mayHaveSchema: true })
}

import type { PgBossDb } from './boss.ts'

/** A session of a unit of work: TypeORM's `EntityManager`, or a client of pg. */
export interface QuerySession {
  query(text: string, parameters?: unknown[]): Promise<unknown>
}

/** A session as pg-boss wants its database. */
export function sessionDb(session: QuerySession): PgBossDb {
  return { executeSql: async (text, values = []) => ({ rows: rowsOf(await session.query(text, values)) }) }
}

/**
 * The rows of an answer. TypeORM answers with the rows alone, but with `[rows, count]` to a command that is an UPDATE or a
 * DELETE; pg answers with `{ rows }`. No row is itself an array.
 */
export function rowsOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return Array.isArray(answer[0]) ? answer[0] : answer
  if (typeof answer === 'object' && answer !== null && 'rows' in answer && Array.isArray(answer.rows))
    return answer.rows
  return []
}

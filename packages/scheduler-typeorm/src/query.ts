import { SchedulerError } from '@pm/scheduler-core'

/** An object that runs SQL: an `EntityManager` or a `QueryRunner` of TypeORM 0.3 or 1. */
export interface QueryTarget {
  query(text: string, parameters?: unknown[]): Promise<unknown>
}

/**
 * A row whose columns were selected `asText`. The readers below accept only such rows and name the column that they
 * refuse.
 */
export type Row = Readonly<Record<string, unknown>>

/**
 * Runs a statement and returns its rows. TypeORM returns `[rows, count]` for UPDATE and DELETE, and only rows
 * otherwise.
 */
export async function queryRows(
  target: QueryTarget,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const answer = await target.query(text, [...parameters])
  if (!Array.isArray(answer)) return []
  const [first, second] = answer
  return Array.isArray(first) && typeof second === 'number' ? first : answer
}

/** A column that holds text. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw corrupt(column, value)
  return value
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

/** A whole number from 0 to 2^53 - 1. */
export function count(row: Row, column: string): number {
  const number = integer(row, column)
  if (number < 0) throw corrupt(column, number)
  return number
}

/** A whole number: a column of any integer type, a numeric, or an instant selected through `ms`. */
export function integer(row: Row, column: string): number {
  const value = text(row, column)
  const number = Number(value)
  // `Number` accepts texts that PostgreSQL never writes: it reads an empty text as 0.
  if (!Number.isSafeInteger(number) || String(number) !== value) throw corrupt(column, value)
  return number
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

/** A finite number that was selected through `bits`. */
export function real(row: Row, column: string): number {
  const value = text(row, column)
  if (!/^[0-9a-f]{16}$/.test(value)) throw corrupt(column, value)
  const number = Buffer.from(value, 'hex').readDoubleBE()
  if (!Number.isFinite(number)) throw corrupt(column, number)
  return number
}

/** A boolean. */
export function flag(row: Row, column: string): boolean {
  return word(row, column, ['true', 'false']) === 'true'
}

/** A parsed json column; the caller checks its shape. */
export function json(row: Row, column: string): unknown {
  const value = text(row, column)
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) throw corrupt(column, value)
    throw error
  }
}

/** A column that holds rows, as `json_agg` writes them; NULL without any. */
export function rows(row: Row, column: string): readonly Row[] {
  return row[column] === null ? [] : (json(row, column) as readonly Row[])
}

/** A column that holds one of a fixed set of words. */
export function word<W extends string>(row: Row, column: string, words: readonly W[]): W {
  const found = words.find((each) => each === row[column])
  if (found === undefined) throw corrupt(column, row[column])
  return found
}

export function corrupt(where: string, value: unknown): SchedulerError<'STORE_CORRUPT'> {
  return new SchedulerError('STORE_CORRUPT', { where, value: shown(value) })
}

/** A value as text for an error message; it may have any type, since a host's parser may have replaced it. */
export function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 80)
}

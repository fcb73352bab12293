import { type ResultPage, SchedulerError } from '@pm/scheduler-core'

import type { Row } from '../query.ts'
import { salvage } from './salvage.ts'

/** Makes a page from up to `limit` + 1 rows. The extra row only shows that there is a next page. */
export function toPage<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): ResultPage<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}

/** Reads the rows of a page. Rows that cannot be read are named in `unreadable`. */
export function salvagePage<T>({ items, nextCursor }: ResultPage<Row>, read: (row: Row) => T): ResultPage<T> {
  const { read: good, unreadable } = salvage(items, read)
  const page = { items: good, nextCursor }
  return unreadable.length === 0 ? page : { ...page, unreadable: unreadable.map(({ error }) => error) }
}

/**
 * Checks a cursor of `toPage`: the number of the last row of a page.
 *
 * @throws SchedulerError `INVALID_REQUEST` for anything else.
 */
export function parseCursor(cursor: string): string {
  if (!/^\d{1,18}$/.test(cursor)) {
    throw new SchedulerError('INVALID_REQUEST', { path: 'cursor', expected: 'the nextCursor of a page' })
  }
  return cursor
}

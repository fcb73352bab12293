import { type ResultPage, SchedulerError } from '@pm/scheduler-core'

import type { Row } from '../query.ts'
import { salvage } from './salvage.ts'

/** Makes a page of rows that were read with one more than asked: that one says whether there is a next page. */
export function toPage<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): ResultPage<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}

/** The page as it can be read; rows that cannot are named in `unreadable`. */
export function salvagePage<T>({ items, nextCursor }: ResultPage<Row>, read: (row: Row) => T): ResultPage<T> {
  const { read: good, unreadable } = salvage(items, read)
  const page = { items: good, nextCursor }
  return unreadable.length === 0 ? page : { ...page, unreadable: unreadable.map(({ error }) => error) }
}

/**
 * A cursor as `toPage` made it: the number of the row that the page ended at.
 *
 * @throws SchedulerError `INVALID_REQUEST` for anything else.
 */
export function parseCursor(cursor: string): string {
  if (!/^\d{1,18}$/.test(cursor)) {
    throw new SchedulerError('INVALID_REQUEST', { path: 'cursor', expected: 'the nextCursor of a page' })
  }
  return cursor
}

import { SchedulerError } from '../../errors.ts'
import { byNumber, byText, type Compare, firstOf } from '../../reading/first-of.ts'

/** A page of a list that is wanted in an order. */
export interface PageOptions<T> {
  readonly limit: number
  /** The `next_cursor` of the page before; undefined for the first. */
  readonly cursor: string | undefined
  /** The word of the order. A cursor of another order is refused. */
  readonly order: string
  /** What orders an item; `null` goes last, in both directions. */
  readonly keyOf: (item: T) => Key
  /** Unique, and the order of those with the same key. */
  readonly nameOf: (item: T) => string
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly next_cursor: string | null
}

export type Key = number | string | null

interface Place {
  readonly key: Key
  readonly name: string
}

/**
 * The items after the cursor, at most `limit`. The cursor is the place of an item and not a number of items, so that a
 * walk meets every item once that stays where it is, whatever the others do. Pure.
 */
export function pageOf<T>(items: readonly T[], options: PageOptions<T>): Page<T> {
  const { limit, cursor, order, keyOf, nameOf } = options
  const compare = compareIn(order)
  const after = cursor === undefined ? null : placeIn(cursor, order)
  const placed = items.map((item) => ({ item, key: keyOf(item), name: nameOf(item) }))
  const left = after === null ? placed : placed.filter((place) => compare(place, after) > 0)
  const page = firstOf(left, limit, compare)
  const last = page.at(-1)
  const isEnd = last === undefined || left.length <= limit
  return { items: page.map(({ item }) => item), next_cursor: isEnd ? null : cursorOf(last, order) }
}

function compareIn(order: string): Compare<Place> {
  const sign = order.startsWith('-') ? -1 : 1
  return (a, b) => byKey(a.key, b.key, sign) || byText(a.name, b.name)
}

function byKey(a: Key, b: Key, sign: number): number {
  if (a === null || b === null) return byNumber(a === null ? null : 0, b === null ? null : 0)
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : byText(String(a), String(b)))
}

function cursorOf({ key, name }: Place, order: string): string {
  return Buffer.from(JSON.stringify([order, key, name])).toString('base64url')
}

function placeIn(cursor: string, order: string): Place {
  const [of, key, name] = read(cursor)
  const isKey = key === null || typeof key === 'string' || (typeof key === 'number' && Number.isFinite(key))
  if (of === order && isKey && typeof name === 'string') return { key, name }
  const expected = 'the next_cursor of a page in the same order'
  throw new SchedulerError('INVALID_REQUEST', { path: 'query.cursor', expected })
}

function read(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

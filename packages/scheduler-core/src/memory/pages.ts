import { SchedulerError } from '../errors.ts'
import type { LogEntry } from '../ports/control.ts'
import type { LedgerQuery, Page, PageQuery } from '../ports/store.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import type { Library } from './library.ts'

export function listEntries(library: Library, query: LedgerQuery): Page<LedgerEntry> {
  const ledger = library.books.get(query.scheduler)?.ledger
  const one = query.id === undefined ? undefined : ledger?.find(query.id)
  const rows = query.id === undefined ? ledger?.rows : one && [one]
  const page = latestFirst(rows ?? [], query, ({ entry, removed }) => !removed && matches(entry, query))
  return { items: page.items.map(({ entry }) => entry), nextCursor: page.nextCursor }
}

export function listLog(library: Library, query: PageQuery): Page<LogEntry> {
  const log = library.books.get(query.scheduler)?.log.map((entry) => ({ entry, position: entry.version })) ?? []
  const page = latestFirst(log, query, () => true)
  return { items: page.items.map(({ entry }) => entry), nextCursor: page.nextCursor }
}

function matches(entry: LedgerEntry, { job, states, from, to }: LedgerQuery): boolean {
  if (job !== undefined && entry.job !== job) return false
  if (states !== undefined && !states.includes(entry.state)) return false
  if (from === undefined && to === undefined) return true
  if (entry.scheduledFor === null) return false
  const last = entry.kind === 'unrun' ? entry.through : entry.scheduledFor
  return last >= (from ?? Number.NEGATIVE_INFINITY) && entry.scheduledFor < (to ?? Number.POSITIVE_INFINITY)
}

/** A page of things that stand in the order of their positions. The cursor is the position of the last one given. */
function latestFirst<T extends { readonly position: number }>(
  all: readonly T[],
  { limit, cursor }: PageQuery,
  isWanted: (each: T) => boolean,
): Page<T> {
  const items: T[] = []
  for (let index = endOf(all, cursor) - 1; index >= 0; index--) {
    const each = all[index]
    if (each === undefined || !isWanted(each)) continue
    const last = items.at(-1)
    if (items.length === limit && last) return { items, nextCursor: String(last.position) }
    items.push(each)
  }
  return { items, nextCursor: null }
}

/** The index after the last thing that stands before the cursor. */
function endOf(all: readonly { readonly position: number }[], cursor: string | undefined): number {
  if (cursor === undefined) return all.length
  const position = Number(cursor)
  if (!/^\d{1,16}$/.test(cursor)) {
    throw new SchedulerError('INVALID_REQUEST', { path: 'cursor', expected: 'the nextCursor of the page before' })
  }
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.position ?? 0) < position) low = middle + 1
    else high = middle
  }
  return low
}

import type { LogEntry } from '../control/control.ts'
import { SchedulerError } from '../errors.ts'
import type { LedgerQuery, LogQuery, PageQuery, ResultPage } from '../ports/pages.ts'
import { isDueWithin } from '../run/is-due-within.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import { isNamed } from './state/entry-filter.ts'
import type { MemoryDatabase } from './state/memory-database.ts'

export function listEntries(database: MemoryDatabase, query: LedgerQuery): ResultPage<LedgerEntry> {
  const before = positionOf(query)
  const ledger = database.schedulers.get(query.scheduler)?.ledger
  if (!ledger) return { items: [], nextCursor: null }
  if (query.id === undefined) return toPage(ledger.latestFirst(before, query), query.limit, isWithin(query))
  const one = ledger.find(query.id)
  const isWanted = isWithin(query)
  return toPage(one && one.position < before && isNamed(one.entry, query) ? [one] : [], query.limit, isWanted)
}

export function listLog(database: MemoryDatabase, query: LogQuery): ResultPage<LogEntry> {
  const before = positionOf(query)
  const log = database.schedulers.get(query.scheduler)?.log ?? []
  const wanted = log.filter((entry) => entry.version < before && isAbout(entry, query))
  return toPage(wanted.map((entry) => ({ entry, position: entry.version })).reverse(), query.limit)
}

function isAbout(entry: LogEntry, { job, jobs, runId }: LogQuery): boolean {
  if (jobs !== undefined && entry.job !== null && !jobs.includes(entry.job)) return false
  return (job === undefined || entry.job === job) && (runId === undefined || entry.runId === runId)
}

function isWithin({ from, to }: LedgerQuery): (entry: LedgerEntry) => boolean {
  if (from === undefined && to === undefined) return () => true
  return (entry) => isDueWithin(entry, { from, to })
}

/** A page of items in the order of their positions. The cursor is the position of the page's last item. */
function toPage<T>(
  latestFirst: Iterable<{ readonly position: number; readonly entry: T }>,
  limit: number,
  isWanted: (entry: T) => boolean = () => true,
): ResultPage<T> {
  const items: T[] = []
  let last = 0
  for (const { position, entry } of latestFirst) {
    if (!isWanted(entry)) continue
    if (items.length === limit) return { items, nextCursor: String(last) }
    items.push(entry)
    last = position
  }
  return { items, nextCursor: null }
}

/** The position that all items of the page are before. */
function positionOf({ cursor }: PageQuery): number {
  if (cursor === undefined) return Infinity
  if (/^\d{1,16}$/.test(cursor)) return Number(cursor)
  throw new SchedulerError('INVALID_REQUEST', { path: 'cursor', expected: 'the nextCursor of the page before' })
}

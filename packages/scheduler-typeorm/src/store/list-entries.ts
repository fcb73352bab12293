import type { LedgerEntry, LedgerQuery, ResultPage } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import { text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { type EntryFilter, selectEntries } from '../sql/select-entries.ts'
import { toEntry } from './ledger-rows.ts'
import { parseCursor, salvagePage, toPage } from './pages.ts'
import { statement } from './statement.ts'

/** Lists entries in reverse order of insertion. This order never changes. */
export function createListEntries(names: Names) {
  return async (session: EntityManager, query: LedgerQuery): Promise<ResultPage<LedgerEntry>> => {
    const { scheduler, limit } = query
    const conditions = conditionsOf(query)
    const filters = conditions.map(([filter]) => filter)
    const select = statement('listEntries', selectEntries(names, filters))
    const rows = await select(session, scheduler, limit + 1, ...conditions.map(([, value]) => value))
    const page = toPage(rows, limit, (row) => text(row, 'seq'))
    return salvagePage(page, toEntry)
  }
}

const FILTERS = ['id', 'job', 'jobs', 'states', 'triggers', 'instance', 'from', 'to'] as const

function conditionsOf({ cursor, ...query }: LedgerQuery): [EntryFilter, unknown][] {
  const filters = FILTERS.flatMap((filter): [EntryFilter, unknown][] => {
    return query[filter] === undefined ? [] : [[filter, query[filter]]]
  })
  return cursor === undefined ? filters : [...filters, ['cursor', parseCursor(cursor)]]
}

import type { LedgerEntry, LedgerQuery, Page } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import { text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectCalls } from '../sql/select-calls.ts'
import { type EntryFilter, selectEntries } from '../sql/select-entries.ts'
import { toCallsByRun, toEntry } from './ledger-rows.ts'
import { parseCursor, salvagePage, toPage } from './pages.ts'
import { statement } from './statement.ts'

/** The latest is what was written last: the order in which entries came into the ledger, which nothing changes later. */
export function createListEntries(names: Names) {
  const readCalls = statement('listEntries', selectCalls(names))

  return async (session: EntityManager, query: LedgerQuery): Promise<Page<LedgerEntry>> => {
    const { scheduler, limit } = query
    const conditions = conditionsOf(query)
    const select = statement(
      'listEntries',
      selectEntries(
        names,
        conditions.map(([filter]) => filter),
      ),
    )
    const rows = await select(session, scheduler, limit + 1, ...conditions.map(([, value]) => value))
    const page = toPage(rows, limit, (row) => text({ seq: String(row['seq']) }, 'seq'))
    const settled = page.items.filter((row) => row['kind'] === 'run' && row['settled_at'] !== null)
    const calls = toCallsByRun(
      settled.length > 0
        ? await readCalls(
            session,
            settled.map((row) => row['id']),
          )
        : [],
    )
    return salvagePage(page, (row) => toEntry(row, calls))
  }
}

function conditionsOf({ cursor, ...query }: LedgerQuery): [EntryFilter, unknown][] {
  const filters = (['id', 'job', 'states', 'from', 'to'] as const).flatMap((filter): [EntryFilter, unknown][] => {
    return query[filter] === undefined ? [] : [[filter, query[filter]]]
  })
  return cursor === undefined ? filters : [...filters, ['cursor', parseCursor(cursor)]]
}

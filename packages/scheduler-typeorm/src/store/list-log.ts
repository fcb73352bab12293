import type { LogEntry, ResultPage } from '@pm/scheduler-core'
import { COMMAND_KINDS, type PageQuery } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, integerOrNull, json, type Row, text, textOrNull, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectLog } from '../sql/select-log.ts'
import { runId } from './ledger-rows.ts'
import { parseCursor, salvagePage, toPage } from './pages.ts'
import { statement } from './statement.ts'

export function createListLog(names: Names) {
  const select = statement('listLog', selectLog(names))
  return async (session: EntityManager, { scheduler, limit, cursor }: PageQuery): Promise<ResultPage<LogEntry>> => {
    const rows = await select(session, scheduler, cursor === undefined ? null : parseCursor(cursor), limit + 1)
    const { items, nextCursor } = toPage(rows, limit, (row) => text(row, 'id'))
    return salvagePage({ items, nextCursor }, toLogEntry)
  }
}

function toLogEntry(row: Row): LogEntry {
  return {
    id: text(row, 'id'),
    at: integer(row, 'at'),
    kind: word(row, 'kind', COMMAND_KINDS),
    by: text(row, 'by'),
    why: textOrNull(row, 'why'),
    job: textOrNull(row, 'job'),
    runId: textOrNull(row, 'run_id') === null ? null : runId(row, 'run_id'),
    until: integerOrNull(row, 'until'),
    changes: json(row, 'changes') as LogEntry['changes'],
    version: integer(row, 'version'),
  }
}

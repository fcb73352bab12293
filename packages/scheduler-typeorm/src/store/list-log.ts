import type { LogEntry, LogQuery, ResultPage } from '@pm/scheduler-core'
import { COMMAND_KINDS } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, integerOrNull, json, type Row, text, textOrNull, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { type LogFilter, selectLog } from '../sql/select-log.ts'
import { runId } from './ledger-rows.ts'
import { parseCursor, salvagePage, toPage } from './pages.ts'
import { statement } from './statement.ts'

export function createListLog(names: Names) {
  return async (session: EntityManager, query: LogQuery): Promise<ResultPage<LogEntry>> => {
    const { scheduler, limit } = query
    const conditions = conditionsOf(query)
    const filters = conditions.map(([filter]) => filter)
    const select = statement('listLog', selectLog(names, filters))
    const rows = await select(session, scheduler, limit + 1, ...conditions.map(([, value]) => value))
    const { items, nextCursor } = toPage(rows, limit, (row) => text(row, 'id'))
    return salvagePage({ items, nextCursor }, toLogEntry)
  }
}

function conditionsOf({ job, jobs, runId, cursor }: LogQuery): [LogFilter, unknown][] {
  return [
    ...(job === undefined ? [] : [['job', job] satisfies [LogFilter, unknown]]),
    ...(jobs === undefined ? [] : [['jobs', jobs] satisfies [LogFilter, unknown]]),
    ...(runId === undefined ? [] : [['runId', runId] satisfies [LogFilter, unknown]]),
    ...(cursor === undefined ? [] : [['cursor', parseCursor(cursor)] satisfies [LogFilter, unknown]]),
  ]
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

import { at } from './instants.ts'
import { ENTRY_COLUMNS, LEDGER_COLUMNS, underWayEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'
import { columns } from './tally-columns.ts'

export type EntryFilter = 'id' | 'job' | 'states' | 'from' | 'to' | 'cursor'

/**
 * Parameters: the scheduler, the limit, then one per filter in the order given. The statement contains only the
 * conditions of these filters, so that each combination gets its own query plan.
 */
export function selectEntries(names: Names, filters: readonly EntryFilter[]): string {
  const conditions = ['l.scheduler = $1', ...filters.map((filter, index) => CONDITIONS[filter](`$${index + 3}`))]
  const latest = (source: string, where: readonly string[]) =>
    `(SELECT ${columns(ENTRY_COLUMNS, (column) => `l.${column}`)} FROM ${source}
        WHERE ${where.join(' AND ')} ORDER BY l.seq DESC LIMIT $2)`
  const from = filters.indexOf('from')
  // A due time is settled after it was due. The day is for clocks that differ.
  const recent = from < 0 ? [] : [`l.settled_at >= ${at(`$${from + 3}`)} - interval '1 day'`]
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM (
      ${latest(underWayEntries(names), conditions)}
      UNION ALL
      ${latest(`${names.settled} AS l`, [...conditions, ...recent])}
    ) AS l
    ORDER BY l.seq DESC
    LIMIT $2`
}

const CONDITIONS: Readonly<Record<EntryFilter, (parameter: string) => string>> = {
  id: (parameter) => `l.id = ${parameter}::uuid`,
  job: (parameter) => `l.job = ${parameter}`,
  states: (parameter) => `l.state = ANY (${parameter}::text[])`,
  from: (parameter) => `coalesce(l.through, l.scheduled_for) >= ${at(parameter)}`,
  to: (parameter) => `l.scheduled_for < ${at(parameter)}`,
  cursor: (parameter) => `l.seq < ${parameter}::bigint`,
}

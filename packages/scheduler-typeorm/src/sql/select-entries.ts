import { at } from './instants.ts'
import { LEDGER_COLUMNS } from './ledger-columns.ts'
import type { Names } from './names.ts'

export type EntryFilter = 'id' | 'job' | 'states' | 'from' | 'to' | 'cursor'

/**
 * Parameters: the scheduler, the limit, then one per filter in the order given. The statement contains only the
 * conditions of these filters, so that each combination gets its own query plan.
 */
export function selectEntries({ ledger }: Names, filters: readonly EntryFilter[]): string {
  const conditions = filters.map((filter, index) => CONDITIONS[filter](`$${index + 3}`))
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM (
      SELECT * FROM ${ledger} AS l
      WHERE ${['l.scheduler = $1', ...conditions].join(' AND ')}
      ORDER BY l.seq DESC
      LIMIT $2
    ) AS l
    ORDER BY l.seq DESC`
}

const CONDITIONS: Readonly<Record<EntryFilter, (parameter: string) => string>> = {
  id: (parameter) => `l.id = ${parameter}::uuid`,
  job: (parameter) => `l.job = ${parameter}`,
  states: (parameter) => `l.state = ANY (${parameter}::text[])`,
  from: (parameter) => `coalesce(l.through, l.scheduled_for) >= ${at(parameter)}`,
  to: (parameter) => `l.scheduled_for < ${at(parameter)}`,
  cursor: (parameter) => `l.seq < ${parameter}::bigint`,
}

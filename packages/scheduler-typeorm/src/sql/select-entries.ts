import { at } from './instants.ts'
import { ENTRY_COLUMNS, LEDGER_COLUMNS, settledEntries, underWayEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'
import { columns } from './tally-columns.ts'

export type EntryFilter = 'id' | 'job' | 'jobs' | 'states' | 'triggers' | 'instance' | 'from' | 'to' | 'cursor'

/**
 * Parameters: the scheduler, the limit, then one per filter in the order given. The statement contains only the
 * conditions of these filters, so that each combination gets its own query plan.
 */
export function selectEntries(names: Names, filters: readonly EntryFilter[]): string {
  const conditions = ['l.scheduler = $1', ...filters.map((filter, index) => CONDITIONS[filter](`$${index + 3}`))]
  const latest = (source: string, where: readonly string[]) =>
    `(SELECT ${columns(ENTRY_COLUMNS, (column) => `l.${column}`)} FROM ${source}
        WHERE ${where.join(' AND ')} ORDER BY l.seq DESC LIMIT $2)`
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM (
      ${latest(underWayEntries(names), conditions)}
      UNION ALL
      ${latest(settledEntries(names), [...conditions, ...filters.flatMap(sinceWhen)])}
    ) AS l
    ORDER BY l.seq DESC
    LIMIT $2`

  /** Spares the partitions of earlier days. The day is for clocks that differ. */
  function sinceWhen(filter: EntryFilter, index: number): readonly string[] {
    const since = SETTLED_SINCE[filter]?.(`$${index + 3}`, names)
    return since === undefined ? [] : [`l.settled_at >= ${since} - interval '1 day'`]
  }
}

/** Before these instants, nothing was settled that the filter lets through. */
const SETTLED_SINCE: Readonly<Partial<Record<EntryFilter, (parameter: string, names: Names) => string>>> = {
  // A due time is settled after it was due.
  from: at,
  // A run is settled after its instance began. What is known of an instance can be pruned before its last run.
  instance: (parameter, { instance }) =>
    `coalesce((SELECT i.first_seen_at FROM ${instance} AS i WHERE i.scheduler = $1 AND i.instance = ${parameter}),
      '-infinity')`,
}

const CONDITIONS: Readonly<Record<EntryFilter, (parameter: string) => string>> = {
  id: (parameter) => `l.id = ${parameter}::uuid`,
  job: (parameter) => `l.job = ${parameter}`,
  jobs: (parameter) => `l.job = ANY (${parameter}::text[])`,
  states: (parameter) => `l.state = ANY (${parameter}::text[])`,
  // The column also has a word for due times that did not run.
  triggers: (parameter) => `l.trigger = ANY (${parameter}::text[]) AND l.kind = 'run'`,
  instance: (parameter) => `l.owner = ${parameter}`,
  from: (parameter) => `coalesce(l.through, l.scheduled_for) >= ${at(parameter)}`,
  to: (parameter) => `l.scheduled_for < ${at(parameter)}`,
  cursor: (parameter) => `l.seq < ${parameter}::bigint`,
}

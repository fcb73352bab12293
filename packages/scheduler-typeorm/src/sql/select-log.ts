import { asText, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

export type LogFilter = 'job' | 'jobs' | 'runId' | 'cursor'

/** Parameters: the scheduler, the limit, then one per filter in the order given. */
export function selectLog({ controlLog }: Names, filters: readonly LogFilter[]): string {
  const conditions = ['c.scheduler = $1', ...filters.map((filter, index) => CONDITIONS[filter](`$${index + 3}`))]
  return `
    SELECT ${COLUMNS}
    FROM ${controlLog} AS c
    WHERE ${conditions.join(' AND ')}
    ORDER BY c.id DESC
    LIMIT $2`
}

const CONDITIONS: Readonly<Record<LogFilter, (parameter: string) => string>> = {
  job: (parameter) => `c.job = ${parameter}`,
  jobs: (parameter) => `(c.job IS NULL OR c.job = ANY (${parameter}::text[]))`,
  runId: (parameter) => `c.run_id = ${parameter}::uuid`,
  cursor: (parameter) => `c.id < ${parameter}::bigint`,
}

const COLUMNS = asText({
  ...own('c', ['id', 'kind', 'by', 'why', 'job', 'run_id', 'version', 'changes']),
  at: ms('c.logged_at'),
  until: ms('c.until'),
})

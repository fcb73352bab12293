import { asText, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, the id at which the previous page ended or null, and the limit. */
export function selectLog({ controlLog }: Names): string {
  return `
    SELECT ${COLUMNS}
    FROM ${controlLog} AS c
    WHERE c.scheduler = $1 AND ($2::bigint IS NULL OR c.id < $2)
    ORDER BY c.id DESC
    LIMIT $3`
}

const COLUMNS = asText({
  ...own('c', ['id', 'kind', 'by', 'why', 'job', 'run_id', 'version', 'changes']),
  at: ms('c.logged_at'),
  until: ms('c.until'),
})

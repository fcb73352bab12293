import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the cursors as JSON. */
export function moveCursors({ job }: Names): string {
  return `
    UPDATE ${job} AS j
    SET cursor_at = ${at('c.cursor')}
    FROM json_to_recordset($2::json) AS c (job text, cursor float8)
    WHERE j.scheduler = $1 AND j.job = c.job AND j.cursor_at < ${at('c.cursor')}`
}

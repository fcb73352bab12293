import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the jobs as JSON. */
export function registerJobs({ job }: Names): string {
  return `
    INSERT INTO ${job} (scheduler, job, cursor_at)
    SELECT $1, j.job, ${at('j.cursor')}
    FROM json_to_recordset($2::json) AS j (job text, cursor float8)
    ORDER BY j.job COLLATE "C"
    ON CONFLICT DO NOTHING`
}

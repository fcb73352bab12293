import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the entry, field by field. */
export function insertLogEntry({ controlLog }: Names): string {
  return `
    INSERT INTO ${controlLog} (scheduler, logged_at, kind, by, why, job, run_id, until, version, changes)
    VALUES ($1, ${at('$2')}, $3, $4, $5, $6, $7, ${at('$8')}, $9, $10::jsonb)`
}

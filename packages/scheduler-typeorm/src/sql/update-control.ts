import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the new control state, field by field. The caller has locked the row. */
export function updateControl({ scheduler }: Names): string {
  return `
    UPDATE ${scheduler}
    SET version = $2, desired = $3, desired_at = ${at('$4')}, desired_by = $5, desired_why = $6,
      paused_until = ${at('$7')}, paused_jobs = $8::jsonb, config = $9::jsonb
    WHERE scheduler = $1`
}

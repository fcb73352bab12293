import { at } from './instants.ts'

/**
 * Whether nothing accounts for the due time of `entry` yet: it is after the cursor of its job `j`, and no entry with its
 * id has settled before that cursor was moved back.
 */
export function isStillDue(settled: string, entry: string): string {
  const dueAt = at(`${entry}.scheduled_for`)
  return `${dueAt} > coalesce(j.cursor_at, '-infinity') AND (
        j.reached_at IS NULL OR ${dueAt} > j.reached_at
        OR NOT EXISTS (SELECT FROM ${settled} AS l WHERE l.id = ${entry}.id)
      )`
}

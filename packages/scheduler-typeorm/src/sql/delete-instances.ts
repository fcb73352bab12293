import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the instant since which an instance must have been seen. */
export function deleteInstances({ instance }: Names): string {
  return `DELETE FROM ${instance} WHERE scheduler = $1 AND last_seen_at < ${at('$2')}`
}

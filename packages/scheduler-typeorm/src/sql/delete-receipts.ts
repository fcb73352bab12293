import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the instant since which a receipt is kept. */
export function deleteReceipts({ receipt }: Names): string {
  return `DELETE FROM ${receipt} WHERE scheduler = $1 AND answered_at < ${at('$2')}`
}

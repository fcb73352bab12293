import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the id of the receipt. */
export function selectReceipt({ receipt }: Names): string {
  return `
    SELECT fingerprint, answer::text AS answer, ${ms('answered_at')} AS at
    FROM ${receipt}
    WHERE scheduler = $1 AND id = $2`
}

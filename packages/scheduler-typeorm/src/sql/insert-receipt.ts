import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the receipt, field by field. */
export function insertReceipt({ receipt }: Names): string {
  return `
    INSERT INTO ${receipt} (scheduler, id, fingerprint, answer, answered_at)
    VALUES ($1, $2, $3, $4::json, ${at('$5')})
    ON CONFLICT (scheduler, id) DO NOTHING`
}

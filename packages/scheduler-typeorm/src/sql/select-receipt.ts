import { asText } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the id of the receipt. */
export function selectReceipt({ receipt }: Names): string {
  return `
    SELECT ${asText({ fingerprint: 'fingerprint', answer: 'answer', at: ms('answered_at') })}
    FROM ${receipt}
    WHERE scheduler = $1 AND id = $2`
}

import { CALL_FACTS } from '@pm/scheduler-core/store'

import { asText, own } from './as-text.ts'
import type { Names } from './names.ts'
import { tallied } from './tally-columns.ts'

/** Parameters: the ids of the runs. */
export function selectCalls({ runCall }: Names): string {
  return `
    SELECT ${asText({ ...own('c', ['run_id', 'provider']), ...tallied(CALL_FACTS, 'c.') })}
    FROM ${runCall} AS c
    WHERE c.run_id = ANY ($1::uuid[])
    ORDER BY c.run_id, c.provider`
}

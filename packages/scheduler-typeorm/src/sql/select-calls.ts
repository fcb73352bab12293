import { CALL_FACTS } from '@pm/scheduler-core'

import type { Names } from './names.ts'
import { readColumns } from './tally-columns.ts'

/** Parameters: the ids of the runs. */
export function selectCalls({ runCall }: Names): string {
  return `
    SELECT run_id, provider, ${readColumns(CALL_FACTS)}
    FROM ${runCall}
    WHERE run_id = ANY ($1::uuid[])
    ORDER BY run_id, provider`
}

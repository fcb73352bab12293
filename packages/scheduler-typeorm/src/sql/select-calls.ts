import { CALL_COUNTERS, columns } from './counter-columns.ts'
import type { Names } from './names.ts'

/** Parameters: the ids of the runs. */
export function selectCalls({ runCall }: Names): string {
  return `
    SELECT run_id, provider, ${columns(CALL_COUNTERS, (c) => c)}
    FROM ${runCall}
    WHERE run_id = ANY ($1::uuid[])
    ORDER BY run_id, provider`
}

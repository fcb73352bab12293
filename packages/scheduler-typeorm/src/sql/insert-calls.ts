import { CALL_COUNTERS, columns } from './counter-columns.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and what each run asked of each provider, as JSON. */
export function insertCalls({ runCall }: Names): string {
  return `
    INSERT INTO ${runCall} (run_id, provider, scheduler, settled_at, ${columns(CALL_COUNTERS, (c) => c)})
    SELECT c.run_id, c.provider, $1, ${at('c.settled_at')}, ${columns(CALL_COUNTERS, (c) => `c.${c}`)}
    FROM json_to_recordset($2::json) AS c (
      run_id uuid, provider text, settled_at float8, ${columns(CALL_COUNTERS, (c) => `${c} bigint`)}
    )`
}

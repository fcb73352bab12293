import { asText, own } from './as-text.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const OWNED_SHAPE = { run_id: 'uuid', fence: 'bigint' } as const

/** Parameters: the scheduler, and runs with their fences. Returns the runs that have an owner with that fence. */
export function selectOwnedRuns({ underWay }: Names): string {
  return `
    SELECT ${asText(own('l', ['id']))}
    FROM ${rowset(OWNED_SHAPE, 'r', 2)}
    JOIN ${underWay} AS l ON l.id = r.run_id
    WHERE l.scheduler = $1 AND l.state = 'running' AND l.fence = r.fence AND l.released_at IS NULL`
}

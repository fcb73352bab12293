import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { freeRuns, LEASE_SHAPE } from './renew-leases.ts'
import { rowset } from './rowset.ts'

export const RELEASE_SHAPE = { ...LEASE_SHAPE, calls: 'jsonb', spent_ms: 'bigint' } as const

/**
 * Parameters: the scheduler, the instant, and the runs as their owners leave them. Returns those that are open without
 * an owner from now on. It changes nothing of those that were already, and skips a run whose row another transaction has
 * locked.
 */
export function releaseRuns({ underWay }: Names): string {
  const left = Object.keys(RELEASE_SHAPE).filter((column) => column !== 'run_id' && column !== 'fence')
  const kept = left.map((column) => {
    return `${column} = CASE WHEN l.released_at IS NULL THEN ${givenOf(column)} ELSE l.${column} END`
  })
  return `
    WITH ours AS (${freeRuns(underWay)})
    UPDATE ${underWay} AS l
    SET ${kept.join(', ')},
      lease_until = CASE WHEN l.released_at IS NULL THEN ${at('$2')} ELSE l.lease_until END,
      released_at = coalesce(l.released_at, ${at('$2')})
    FROM ours JOIN ${rowset(RELEASE_SHAPE, 'r', 3)} ON r.run_id = ours.id
    WHERE l.id = ours.id AND l.fence = r.fence
    RETURNING ${asText(own('l', ['id']))}`
}

function givenOf(column: string): string {
  if (column === 'past_attempts') return 'coalesce(r.past_attempts, l.past_attempts)'
  return INSTANTS.has(column) ? at(`r.${column}`) : `r.${column}`
}

const INSTANTS: ReadonlySet<string> = new Set(['progress_at', 'next_attempt_at'])

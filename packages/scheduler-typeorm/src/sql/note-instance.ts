import { asText } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, the instance, now, and its lease. Returns the time of the server's clock, against which each
 * instance measures its own. No other statement reads that clock.
 */
export function noteInstance({ instance }: Names): string {
  return `
    INSERT INTO ${instance} (scheduler, instance, first_seen_at, last_seen_at, lease_ms)
    VALUES ($1, $2, ${at('$3')}, ${at('$3')}, $4)
    ON CONFLICT (scheduler, instance)
    DO UPDATE SET last_seen_at = greatest(${instance}.last_seen_at, excluded.last_seen_at),
      lease_ms = excluded.lease_ms
    RETURNING ${asText({ store_time: ms('clock_timestamp()') })}`
}

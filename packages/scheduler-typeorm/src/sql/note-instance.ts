import { asText } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, the instance, now, its lease, and its load: its concurrency, and the messages that it dropped and
 * left. All three of these are NULL when it tells nothing, and what is stored stays. Returns the time of the server's clock,
 * against which each instance measures its own. No other statement reads that clock.
 */
export function noteInstance({ instance }: Names): string {
  return `
    INSERT INTO ${instance} (scheduler, instance, first_seen_at, last_seen_at, lease_ms, concurrency, dropped_messages, left_messages)
    VALUES ($1, $2, ${at('$3')}, ${at('$3')}, $4, $5, coalesce($6::bigint, 0), coalesce($7::bigint, 0))
    ON CONFLICT (scheduler, instance)
    DO UPDATE SET last_seen_at = greatest(${instance}.last_seen_at, excluded.last_seen_at),
      lease_ms = excluded.lease_ms,
      concurrency = CASE WHEN $6 IS NULL THEN ${instance}.concurrency ELSE excluded.concurrency END,
      dropped_messages = coalesce($6, ${instance}.dropped_messages),
      left_messages = coalesce($7, ${instance}.left_messages)
    RETURNING ${asText({ store_time: ms('clock_timestamp()') })}`
}

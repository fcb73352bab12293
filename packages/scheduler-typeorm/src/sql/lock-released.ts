import { asText } from './as-text.ts'
import { at, ms } from './instants.ts'
import { lockFirst } from './lock-first.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, now, the limit, the jobs whose runs may start, and an instant: a run that was released after
 * it was so by a clock that was ahead, and its wait is over.
 */
export function lockReleased(names: Names): string {
  const where = `
        scheduler = $1 AND released_at IS NOT NULL AND (
          job = ANY ($4::text[])
            AND (coalesce(next_attempt_at, '-infinity') <= ${at('$2')} OR released_at > ${at('$5')})
          OR cancel_requested
        )`
  return lockFirst(names, { where, by: 'released_at' })
}

/**
 * Parameters: the scheduler, now, and the jobs whose runs may start. Returns when the next wait of a released run ends.
 */
export function selectNextReleased({ underWay }: Names): string {
  return `
    SELECT ${asText({ next_at: ms('min(next_attempt_at)') })}
    FROM ${underWay}
    WHERE scheduler = $1 AND released_at IS NOT NULL AND job = ANY ($3::text[]) AND next_attempt_at > ${at('$2')}`
}

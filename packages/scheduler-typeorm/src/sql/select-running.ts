import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the names of the jobs. A statement of its own, so that it sees what the locks waited for. */
export function selectRunning({ ledger }: Names): string {
  return `
    SELECT id, job, owner, fence, attempt, trigger, ${ms('scheduled_for')} AS scheduled_for,
      ${ms('started_at')} AS started_at, ${ms('lease_until')} AS lease_until, lateness_ms
    FROM ${ledger}
    WHERE scheduler = $1 AND state = 'running' AND job = ANY ($2::text[])
    ORDER BY started_at, seq`
}

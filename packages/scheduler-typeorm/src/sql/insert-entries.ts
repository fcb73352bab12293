import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const ENTRY_SHAPE = {
  id: 'uuid',
  job: 'text',
  kind: 'text',
  state: 'text',
  trigger: 'text',
  reason: 'text',
  scheduled_for: 'float8',
  through: 'float8',
  due_count: 'bigint',
  attempt: 'int',
  fence: 'bigint',
  owner: 'text',
  started_at: 'float8',
  lease_until: 'float8',
  settled_at: 'float8',
  lateness_ms: 'bigint',
} as const

/**
 * Parameters: the scheduler, and the entries: claimed runs and unrun ranges. Entries whose unique key the ledger
 * already has are skipped; the statement returns the new ones. All callers insert in the same order, so that two
 * callers with the same due times wait for each other instead of deadlocking.
 */
export function insertEntries({ ledger }: Names): string {
  return `
    INSERT INTO ${ledger} AS l (
      id, scheduler, job, kind, state, trigger, reason, scheduled_for, through, due_count, attempt, fence, owner,
      started_at, lease_until, settled_at, lateness_ms
    )
    SELECT
      e.id, $1, e.job, e.kind, e.state, e.trigger, e.reason, ${at('e.scheduled_for')}, ${at('e.through')}, e.due_count,
      e.attempt, e.fence, e.owner, ${at('e.started_at')}, ${at('e.lease_until')}, ${at('e.settled_at')}, e.lateness_ms
    FROM ${rowset(ENTRY_SHAPE, 'e', 2)}
    ORDER BY e.job COLLATE "C", e.scheduled_for, e.id
    ON CONFLICT DO NOTHING
    RETURNING ${asText(own('l', ['id', 'fence']))}`
}

import { asText, own } from './as-text.ts'
import { LEDGER_COLUMNS, settledEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the ids of runs. Returns their settled rows. */
export function selectOutcomes(names: Names): string {
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM ${settledEntries(names)}
    WHERE l.scheduler = $1 AND l.kind = 'run' AND l.id = ANY ($2::uuid[])`
}

/** Parameters: the ids of runs. Returns those that have settled. */
export function selectSettledIds({ settled }: Names): string {
  return `SELECT ${asText(own('l', ['id']))} FROM ${settled} AS l WHERE l.id = ANY ($1::uuid[])`
}

/**
 * Parameters: the ids of runs. Waits for the rows of those that are under way, and locks them in the order of the ids.
 */
export function waitForRuns({ underWay }: Names): string {
  return `
    SELECT ${asText(own('u', ['id']))} FROM ${underWay} AS u WHERE u.id = ANY ($1::uuid[])
    ORDER BY u.id
    FOR NO KEY UPDATE`
}

/**
 * Parameters: the scheduler, and the ids of runs. Returns those that are under way, locked or not, with their fences and
 * their states.
 */
export function selectUnderWay({ underWay }: Names): string {
  return `
    SELECT ${asText(own('u', ['id', 'fence', 'state']))} FROM ${underWay} AS u
    WHERE u.scheduler = $1 AND u.id = ANY ($2::uuid[])`
}

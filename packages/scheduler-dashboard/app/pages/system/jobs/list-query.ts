import { oneOf, someOf, text } from '../../../data/query-fields.ts'

const ORDERS = [
  // Worst first, unless the reader sorts.
  '-consecutive_failures',
  '-overdue_seconds',
  'consecutive_failures',
  'name',
  '-name',
  'next_run_at',
  '-next_run_at',
  'last_run_at',
  '-last_run_at',
  'success_rate',
  '-success_rate',
  'p95_duration_ms',
  '-p95_duration_ms',
] as const

export const STATES = [
  'failing',
  'overdue',
  'no_worker',
  'running_long',
  'paused',
  'running',
  'queued',
  'ok',
  'retired',
] as const
export type StateFilter = (typeof STATES)[number]

/** What a row shows; the rest of a job is left out of the answers. */
export const LIST_COLUMNS = [
  'conditions',
  'running_runs',
  'queued_runs',
  'overdue_seconds',
  'last_run_at',
  'last_outcome',
  'last_error_code',
  'next_run_at',
  'consecutive_failures',
  'windows',
  'schedule',
  'paused',
  'tags',
  'retired_at',
].join(',')

/** What the address of the list holds. */
export const LIST_FIELDS = {
  q: text(64),
  tag: text(),
  owner: text(),
  state: someOf(STATES),
  order: oneOf(ORDERS),
}

/** A column's word that the API can order by; the list is ordered by nothing else. */
export function toOrder(word: string): (typeof ORDERS)[number] {
  return ORDERS.find((order) => order === word) ?? ORDERS[0]
}

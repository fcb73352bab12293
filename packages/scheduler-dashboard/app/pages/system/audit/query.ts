import { oneOf, text } from '../../../data/query-fields.ts'
import { RANGES } from './range.ts'

/** What of the audit is in the address. */
export const AUDIT_QUERY = {
  range: oneOf(RANGES),
  from: text(40),
  to: text(40),
  q: text(64),
  show: oneOf(['all', 'problems']),
  view: oneOf(['picture', 'table']),
  /** The mark that is asked about: a job with a due time, or a run without one. */
  job: text(64),
  at: text(40),
  run: text(64),
} as const

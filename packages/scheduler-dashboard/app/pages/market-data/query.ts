import { oneOf, text } from '../../data/query-fields.ts'

/** What the address of this page holds. */
export const QUERY = {
  window: oneOf(['recent', 'last_hour', 'lifetime']),
  q: text(64),
  status: text(500),
  provider: text(256),
  reason: text(64),
  venue: text(256),
  unit: text(256),
  order: oneOf([
    'lateness',
    '-lateness',
    'feed',
    '-feed',
    'age_seconds',
    '-age_seconds',
    'attainment_pct',
    '-attainment_pct',
  ]),
  /** The feed that is explained. */
  feed: text(4_096),
  feed_provider: text(4_096),
  /** Facts of an earlier moment: what a link with the time frozen carries. */
  facts: text(8_000),
} as const

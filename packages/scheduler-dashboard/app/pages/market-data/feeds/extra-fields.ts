import { toMs } from '../../../format/instants.ts'
import { type Feed, fieldOf } from '../feed.ts'

/** What hosts tell of prices, and the explanation of a feed has sentences for. */
const TOLD_IN_THE_EXPLANATION: readonly string[] = [
  ...['venue_by', 'timezone', 'calendar', 'market_state', 'next_open_at', 'instrument_type', 'event_time_precision'],
  ...['rule', 'delayed', 'delay_seconds', 'extended_session', 'extended_price', 'extended_time'],
]

/** The fields that the page has a column of its own for, or does not show in one. */
const KNOWN: readonly string[] = [
  'provider',
  'feed',
  'status',
  'event_time',
  'fetched_at',
  'changed_at',
  'expected_by',
  'age_seconds',
  'attainment_pct',
  'asked_at',
  'answered_at',
  'missing_since',
  'unanswered_asks',
  'attempts',
  ...TOLD_IN_THE_EXPLANATION,
]

/** Further fields of the API, such as a price: each becomes a column as soon as a feed has it. */
export function extraFieldsOf(feeds: readonly Feed[]): readonly string[] {
  const names = new Set(
    feeds.flatMap((feed) => Object.entries(feed).flatMap(([name, value]) => (value === null ? [] : name))),
  )
  return [...names].filter((name) => !KNOWN.includes(name))
}

export type ExtraValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'instant'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }

const INSTANT = /^\d{4}-\d\d-\d\dT/

export function extraValueOf(feed: Feed, name: string): ExtraValue {
  const value = fieldOf(feed, name)
  if (value === null || value === undefined) return { kind: 'none' }
  if (typeof value === 'number') return { kind: 'number', value }
  if (typeof value !== 'string') return { kind: 'text', value: JSON.stringify(value) }
  if (name === 'reason') return { kind: 'text', value: value.replaceAll('_', ' ') }
  return INSTANT.test(value) && toMs(value) !== null ? { kind: 'instant', value } : { kind: 'text', value }
}

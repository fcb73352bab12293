import type { FeedAttribute, FeedAttributes } from '@pm/scheduler-core'

import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { FreshnessRule } from '../freshness/freshness-rule.ts'
import type { EventTimePrecision, ExtendedPrice } from '../quote/quote.ts'
import type { Venue } from '../venue/venue.ts'
import { precisionAt } from '../venue/venue-freshness.ts'

/** What is told of every feed of prices beside its times. */
export const FEED_ATTRIBUTES = Object.freeze([
  text('venue', 'The exchange, by its ISO 10383 code or as the host names it; null when it is unknown.', true),
  text('venue_by', 'Who named the venue: provider, host, or rule, which goes by the spelling of the symbol.'),
  text('unit', 'The currency as the provider writes it: GBp is pence, GBP is pounds.', true),
  text('instrument_type', 'What the instrument is, such as equity or fund; null when nobody says.', true),
  text(
    'event_time_precision',
    'exact; conventional for a price of a day, such as that of a fund; day for a day alone.',
  ),
  text('timezone', 'The zone of the venue.'),
  text('calendar', 'The calendar that tells when the market is open; null when its hours are unknown.'),
  text('rule', 'The rule by which the feed is fresh, in words.'),
  flag('delayed', 'Whether the prices are behind the exchange by agreement. A delayed price may be fresh.'),
  { name: 'delay_seconds', kind: 'number', help: 'How far they are behind; null when nobody says.' },
  text('market_state', 'What the provider said of the market with its last answer: pre, open, post or closed.'),
  instant('next_open_at', 'When the market opens next; null for one that never closes, or of unknown hours.'),
  text('extended_session', 'pre or post, when the provider sent a price outside the regular session.'),
  text('extended_price', 'That price, as a decimal.'),
  instant('extended_time', 'When that price was made.'),
] as const satisfies readonly FeedAttribute[])

type AttributeName = (typeof FEED_ATTRIBUTES)[number]['name']

/** What a host stores of a feed beside its times. */
export interface StoredFacts {
  readonly currency?: string | null
  readonly eventTimePrecision?: EventTimePrecision | null
  readonly extended?: ExtendedPrice | null
}

/** What the venue and the stored data tell. */
export function attributesOf(stored: StoredFacts, venue: Venue): FeedAttributes {
  const { currency, eventTimePrecision, extended } = stored
  return {
    venue: venue.exchange,
    venue_by: venue.by,
    unit: currency ?? null,
    event_time_precision: eventTimePrecision ? precisionAt(venue, eventTimePrecision) : null,
    instrument_type: venue.type,
    timezone: venue.timezone,
    market_state: venue.marketState,
    delay_seconds: venue.delayMs === null ? null : venue.delayMs / 1_000,
    extended_session: extended?.session ?? null,
    extended_price: extended?.price ?? null,
    extended_time: extended?.eventTime ?? null,
  } satisfies Partial<Record<AttributeName, unknown>>
}

/** What the rule tells at an instant. */
export function ruleAttributesOf({ calendar, text: rule, delayMs }: FreshnessRule, asOf: number): FeedAttributes {
  return {
    rule,
    calendar: calendar?.name ?? null,
    delayed: delayMs > 0,
    next_open_at: calendar === null ? null : knownOpen(calendar, asOf),
  } satisfies Partial<Record<AttributeName, unknown>>
}

/** Not a guess: the calendar of an exchange may end before its next open, such as on 31 December. */
function knownOpen(calendar: TradingCalendar, asOf: number): number | null {
  const opensAt = calendar.nextOpen(asOf)
  return opensAt !== null && calendar.knowsAt(asOf) && calendar.knowsAt(opensAt) ? opensAt : null
}

function text<const N extends string>(name: N, help: string, isFilter = false) {
  return { name, kind: 'text', help, isFilter } as const
}

function flag<const N extends string>(name: N, help: string) {
  return { name, kind: 'flag', help } as const
}

function instant<const N extends string>(name: N, help: string) {
  return { name, kind: 'instant', help } as const
}

import type { EpochMs, FeedAttempt, FeedsSource } from '@pm/scheduler-core'

import {
  createFeeds,
  createVenues,
  defineCalendar,
  defineFreshness,
  type FreshnessOptions,
  type FreshnessReason,
  type FreshnessRule,
  type InstrumentFacts,
  type MARKET_CLOSED,
  type StoredFeed,
} from '../../src/index.ts'

/** Wednesday: New York has been open for an hour, London is open, Tokyo and Hong Kong have closed. */
export const NOW = at('11 14:30')
export const PROVIDERS = ['yahoo', 'alpha_vantage', 'stooq'] as const

interface Cause {
  /** The provider's codes for the exchanges of its feeds, in turn (default New York and Nasdaq). */
  readonly exchanges?: readonly string[]
  /** What the rule has beside a price every 15 minutes, up to 5 late. */
  readonly rule?: Partial<FreshnessOptions>
  readonly said?: Partial<InstrumentFacts>
  readonly stored: Partial<StoredFeed>
}

const EVERY_QUARTER = { every: 900_000, graceMs: 300_000 } as const

/** Each reason with what brings it about at this moment. */
const CAUSES: Readonly<Record<FreshnessReason, Cause>> = {
  on_time: { exchanges: ['NYQ', 'LSE', 'GER'], stored: priced('11 14:29', NOW) },
  no_newer_trade: { exchanges: ['NYQ', 'LSE', 'PAR'], stored: priced('11 14:00', NOW) },
  last_close: { exchanges: ['JPX', 'HKG', 'ASX'], stored: priced('11 05:00', at('11 08:30')) },
  close_pending: {
    exchanges: ['HKG'],
    rule: { graceMs: 8 * 3_600_000 },
    stored: priced('11 07:59', at('11 07:59')),
  },
  break: { exchanges: [], stored: priced('11 13:00', at('11 13:01')) },
  provider_says_closed: { said: { marketState: 'closed' }, stored: priced('10 20:00', NOW) },
  no_price_yet: { rule: { every: 7_200_000 }, stored: priced('10 20:00', NOW) },
  no_price_today: { stored: priced('10 20:00', NOW) },
  no_price_for_days: { stored: priced('02 21:00', NOW) },
  market_quiet: { rule: { quietAfter: 2 }, stored: priced('11 13:35', NOW) },
  value_frozen: { rule: { frozenAfter: 2 }, stored: { ...priced('11 14:29', NOW), changedAt: at('11 13:35') } },
  close_missing: { exchanges: ['JPX', 'HKG'], stored: priced('11 05:30', at('11 05:31')) },
  not_asked: { stored: priced('11 13:35', at('11 13:36')) },
  held_back: {
    stored: { ...priced('11 13:35', at('11 13:36')), attempts: [tried('QUOTA_EXHAUSTED', at('12 00:00'))] },
  },
  not_answered: { stored: { ...priced('11 13:35', at('11 13:36')), askedAt: NOW, attempts: [tried('TIMEOUT')] } },
  late: { stored: { ...priced('11 13:35', at('11 13:36')), askedAt: null } },
  never_asked: { stored: { askedAt: null } },
  never_answered: { stored: { ...unanswered(), attempts: [tried('CONNECTION_FAILED')] } },
  unknown_symbol: { stored: { ...unanswered(), attempts: [tried('UNKNOWN_SYMBOL', at('12 14:30'))] } },
  renamed: { stored: { ...unanswered(), attempts: [tried('RENAMED')] } },
  delisted: { stored: { ...unanswered(), attempts: [tried('DELISTED')] } },
  time_in_future: { stored: priced('11 15:30', NOW) },
  hours_unknown: { exchanges: ['FRA'], stored: priced('11 04:00', NOW) },
}

/** A market with a break between two sessions, which it has at this moment. */
const WITH_BREAK = defineCalendar({
  name: 'XNOO',
  timezone: 'UTC',
  source: 'made for this test',
  knows: { from: '2026-01-01', to: '2026-12-31' },
  week: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '08:00', closes: '13:00' },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '15:00', closes: '18:00' },
  ],
})

/**
 * Three feeds of each reason, 69 in all: two of one symbol at two providers, and one of another symbol. Their units are
 * dollars, pence, and one that nobody has told.
 */
export function feedsOfEveryReason(): FeedsSource<unknown, typeof MARKET_CLOSED.word> {
  const rules = new Map<string, FreshnessRule>()
  return createFeeds({
    load: async () => FEEDS,
    venues: createVenues({
      table: (symbol) => (symbol.startsWith('BREAK') ? { exchange: 'XNOO' } : undefined),
      calendars: [WITH_BREAK],
    }),
    ruleOf({ calendar, delayMs }, { feed }) {
      const key = `${calendar?.name} ${delayMs} ${feed}`
      const known = rules.get(key)
      if (known !== undefined) return known
      const rule = defineFreshness({ calendar, delayMs: delayMs ?? 0, ...EVERY_QUARTER, ...causeOf(feed).rule })
      rules.set(key, rule)
      return rule
    },
  })
}

const FEEDS = Object.entries(CAUSES).flatMap(([reason, { exchanges = ['NYQ', 'NMS'], said, stored }]) =>
  PROVIDERS.map((provider, index): StoredFeed => {
    const symbol = reason.toUpperCase().replaceAll('_', '-')
    const exchange = exchanges[index % exchanges.length] ?? null
    return {
      ...{ provider, feed: provider === 'stooq' ? `${symbol}.2` : symbol },
      ...{ eventAt: null, fetchedAt: null, changedAt: null, since: null, arrivals: [] },
      ...{ currency: ['USD', 'GBp', null][index] ?? null, eventTimePrecision: 'exact' },
      instrument: { type: 'equity', timezone: null, marketState: null, delayMs: index * 60_000, ...said, exchange },
      ...stored,
    }
  }),
)

function causeOf(feed: string): Cause {
  const reason = feed.replace(/\.2$/, '').replaceAll('-', '_').toLowerCase()
  const cause = Object.entries(CAUSES).find(([name]) => name === reason)?.[1]
  if (cause === undefined) throw new Error(`${feed} has no cause.`)
  return cause
}

/** A price of a moment in March 2026, and when a provider last answered with it. */
function priced(event: string, fetchedAt: EpochMs) {
  const eventAt = at(event)
  const since = at('02 14:30')
  const times = { eventAt, fetchedAt, changedAt: eventAt, askedAt: fetchedAt, answeredAt: fetchedAt, since }
  return { ...times, missingSince: null, unansweredAsks: 0, arrivals: [{ eventAt, fetchedAt }] }
}

function unanswered() {
  return { askedAt: NOW - 60_000, answeredAt: null, missingSince: at('10 14:30'), unansweredAsks: 97 }
}

function tried(code: string, until: EpochMs | null = null): FeedAttempt {
  return { provider: 'yahoo', code, at: NOW - 60_000, until }
}

function at(dayAndTime: string): EpochMs {
  return Date.parse(`2026-03-${dayAndTime.replace(' ', 'T')}Z`)
}

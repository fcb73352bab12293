import type { Declared } from '../src/ports/declared.ts'
import type { FeedAttribute, FeedReason, FeedWord } from '../src/ports/feeds.ts'
import type { ProviderAttribute, ProviderCondition } from '../src/ports/providers.ts'

// What the market-data package declares. The documents of this repository are made with it. A test of that package
// holds it equal to its own.

export const FEED_WORDS: readonly FeedWord[] = [
  {
    word: 'market_closed',
    title: 'Feeds of closed markets',
    help: 'Feeds of which nothing is due, since their market is closed.',
  },
]

export const CONDITIONS: readonly ProviderCondition[] = [
  {
    name: 'circuit',
    states: ['closed', 'half_open', 'open'],
    title: 'Circuit',
    help: 'Whether the provider is asked: closed is, open is not, half_open is asked once to find out; null without a circuit breaker.',
    alarm: {
      state: 'open',
      summary: 'is not asked: its circuit is open',
      description: 'It failed so often that it is left alone for a while.',
    },
  },
]

export const PROVIDER_ATTRIBUTES: readonly ProviderAttribute[] = [
  {
    name: 'circuit_reason',
    kind: 'text',
    help: 'The code of the refusal that opened the circuit, such as TIMEOUT; null while it is closed.',
  },
  {
    name: 'circuit_until',
    kind: 'instant',
    help: 'Until when the circuit stays open; null while it is closed, and when the next request finds out.',
  },
]

export const FEED_ATTRIBUTES: readonly FeedAttribute[] = [
  {
    name: 'venue',
    kind: 'text',
    help: 'The exchange, by its ISO 10383 code or as the host names it; null when it is unknown.',
    isFilter: true,
  },
  {
    name: 'venue_by',
    kind: 'text',
    help: 'Who named the venue: provider, host, or rule, which goes by the spelling of the symbol.',
    isFilter: false,
  },
  {
    name: 'unit',
    kind: 'text',
    help: 'The currency as the provider writes it: GBp is pence, GBP is pounds.',
    isFilter: true,
  },
  {
    name: 'instrument_type',
    kind: 'text',
    help: 'What the instrument is, such as equity or fund; null when nobody says.',
    isFilter: true,
  },
  {
    name: 'event_time_precision',
    kind: 'text',
    help: 'exact; conventional for a price of a day, such as that of a fund; day for a day alone.',
    isFilter: false,
  },
  { name: 'timezone', kind: 'text', help: 'The zone of the venue.', isFilter: false },
  {
    name: 'calendar',
    kind: 'text',
    help: 'The calendar that tells when the market is open; null when its hours are unknown.',
    isFilter: false,
  },
  { name: 'rule', kind: 'text', help: 'The rule by which the feed is fresh, in words.', isFilter: false },
  {
    name: 'delayed',
    kind: 'flag',
    help: 'Whether the prices are behind the exchange by agreement. A delayed price may be fresh.',
  },
  { name: 'delay_seconds', kind: 'number', help: 'How far they are behind; null when nobody says.' },
  {
    name: 'market_state',
    kind: 'text',
    help: 'What the provider said of the market with its last answer: pre, open, post or closed.',
    isFilter: false,
  },
  {
    name: 'next_open_at',
    kind: 'instant',
    help: 'When the market opens next; null for one that never closes, or of unknown hours.',
  },
  {
    name: 'extended_session',
    kind: 'text',
    help: 'pre or post, when the provider sent a price outside the regular session.',
    isFilter: false,
  },
  { name: 'extended_price', kind: 'text', help: 'That price, as a decimal.', isFilter: false },
  { name: 'extended_time', kind: 'instant', help: 'When that price was made.' },
]

export const FEED_REASONS: readonly FeedReason[] = [
  { code: 'on_time', sentence: 'The latest price is as recent as the rule asks.' },
  {
    code: 'no_newer_trade',
    sentence: 'The provider was asked and answered in time; the market has made no newer price in this session.',
  },
  { code: 'last_close', sentence: 'The market is closed, and this is the last price of its session.' },
  { code: 'close_pending', sentence: 'The market has just closed, and its last price is still due.' },
  { code: 'break', sentence: 'The market has its break, which is not its close.' },
  {
    code: 'provider_says_closed',
    sentence: 'The provider says that the market is closed; no calendar that is known here says so.',
  },
  {
    code: 'no_price_yet',
    sentence:
      'The market has opened. This is the price of an earlier session, and the first of this one is not due yet.',
  },
  { code: 'no_price_today', sentence: 'The provider answers in time, and its latest price is of an earlier session.' },
  { code: 'no_price_for_days', sentence: 'The provider answers in time, and has had no price for several sessions.' },
  {
    code: 'market_quiet',
    sentence: 'The provider answers in time, and this market has been still for longer than it usually is.',
  },
  {
    code: 'value_frozen',
    sentence: 'The time of the price moves on and its value does not: the provider may repeat an old price.',
  },
  { code: 'close_missing', sentence: 'The market has closed, and the last price of its session did not come.' },
  { code: 'not_asked', sentence: 'A price was due, and no provider has been asked since.' },
  {
    code: 'held_back',
    sentence:
      'A price was due, and every provider was left alone: its budget is used up, its circuit is open, or it is off.',
  },
  { code: 'not_answered', sentence: 'Providers were asked when a price was due, and none gave one.' },
  { code: 'late', sentence: 'A price was due and did not come.' },
  { code: 'never_asked', sentence: 'No provider has been asked for it yet.' },
  { code: 'never_answered', sentence: 'Providers were asked for it, and none has ever given a price.' },
  { code: 'unknown_symbol', sentence: 'No provider that was asked knows the symbol.' },
  { code: 'renamed', sentence: 'The provider answers about another symbol instead, as after a rename.' },
  { code: 'delisted', sentence: 'The instrument is no longer traded.' },
  { code: 'time_in_future', sentence: 'The time of the price is ahead of our clock, so its age is unknown.' },
  {
    code: 'hours_unknown',
    sentence: 'The hours of its market are unknown, so that nobody can say whether a price is due.',
  },
]

export const DECLARED: Declared = {
  feedWords: FEED_WORDS,
  feedAttributes: FEED_ATTRIBUTES,
  feedReasons: FEED_REASONS,
  providerConditions: CONDITIONS,
  providerAttributes: PROVIDER_ATTRIBUTES,
}

import type { FeedReason } from '@pm/scheduler-core'

/**
 * Why a feed has its status: the one table of codes, each with a sentence for readers. The status tells the degree, the
 * reason the cause, so that a late feed keeps its reason when it expires.
 */
const SENTENCES = {
  on_time: 'The latest price is as recent as the rule asks.',
  no_newer_trade: 'The provider was asked and answered in time; the market has made no newer price in this session.',
  last_close: 'The market is closed, and this is the last price of its session.',
  close_pending: 'The market has just closed, and its last price is still due.',
  break: 'The market has its break, which is not its close.',
  provider_says_closed: 'The provider says that the market is closed; no calendar that is known here says so.',
  no_price_yet:
    'The market has opened. This is the price of an earlier session, and the first of this one is not due yet.',
  no_price_today: 'The provider answers in time, and its latest price is of an earlier session.',
  no_price_for_days: 'The provider answers in time, and has had no price for several sessions.',
  market_quiet: 'The provider answers in time, and this market has been still for longer than it usually is.',
  value_frozen: 'The time of the price moves on and its value does not: the provider may repeat an old price.',
  close_missing: 'The market has closed, and the last price of its session did not come.',
  not_asked: 'A price was due, and no provider has been asked since.',
  held_back:
    'A price was due, and every provider was left alone: its budget is used up, its circuit is open, or it is off.',
  not_answered: 'Providers were asked when a price was due, and none gave one.',
  late: 'A price was due and did not come.',
  never_asked: 'No provider has been asked for it yet.',
  never_answered: 'Providers were asked for it, and none has ever given a price.',
  unknown_symbol: 'No provider that was asked knows the symbol.',
  renamed: 'The provider answers about another symbol instead, as after a rename.',
  delisted: 'The instrument is no longer traded.',
  time_in_future: 'The time of the price is ahead of our clock, so its age is unknown.',
  hours_unknown: 'The hours of its market are unknown, so that nobody can say whether a price is due.',
} as const satisfies Record<string, string>

export type FreshnessReason = keyof typeof SENTENCES

/** The reasons as core declares them. */
export const FEED_REASONS: readonly FeedReason<FreshnessReason>[] = Object.freeze(
  (Object.keys(SENTENCES) as FreshnessReason[]).map((code) => Object.freeze({ code, sentence: SENTENCES[code] })),
)

// Imported first, so that an old Node fails with one clear sentence.
import '@pm/scheduler-core'

export { type AlphaVantageOptions, createAlphaVantageProvider } from './alpha-vantage/create-alpha-vantage-provider.ts'
export { askOnce, type OneRequest } from './ask/ask-once.ts'
export { closingTimeOf, type StampHours } from './ask/closing-time.ts'
export { createQuoteProvider } from './ask/create-quote-provider.ts'
export type { AskedSymbol, AskTools, QuoteSource } from './ask/quote-source.ts'
export type {
  CalendarDefinition,
  DayOrRule,
  EarlyClose,
  KnownDays,
  LateOpen,
  LaterWeek,
  SessionHours,
  SpecialDay,
  WeeklySession,
} from './calendar/calendar-definition.ts'
export {
  CALENDAR_RUNS_OUT,
  type CalendarRunningOut,
  calendarHealth,
  calendarsRunningOut,
  type RunningOutOptions,
} from './calendar/calendars-running-out.ts'
export { type CalendarDay, datesByYear, type Weekday } from './calendar/days.ts'
export { defineCalendar } from './calendar/define-calendar.ts'
export { EXCHANGES, type Exchange, exchangeCalendar } from './calendar/exchanges/exchange-calendar.ts'
export {
  daysFromHoliday,
  type HolidayRule,
  holidayExceptIn,
  holidayFromEaster,
  holidayOnDate,
  holidayOnlyOn,
  holidayOnWeekday,
  holidaySince,
  movedHoliday,
} from './calendar/holiday-rules.ts'
export { type OutsideSessionsOptions, outsideSessions } from './calendar/outside-sessions.ts'
export type { TradingCalendar, TradingDay, TradingPhase, TradingSession } from './calendar/trading-calendar.ts'
export { CIRCUIT, CIRCUIT_ATTRIBUTES, type CircuitState } from './circuit.ts'
export { type CsvQuoteOptions, createCsvQuoteProvider } from './csv/create-csv-quote-provider.ts'
export type { CsvColumns, CsvListing } from './csv/read-csv-answer.ts'
export {
  createFeeds,
  type FeedName,
  type FeedsOptions,
  type LoadFeedsInput,
  type StoredFeed,
} from './feeds/create-feeds.ts'
export { FEED_ATTRIBUTES } from './feeds/feed-attributes.ts'
export { createMemoryFeeds, type MemoryFeeds, type NotedRefusal } from './feeds/memory-feeds.ts'
export { type FeedArrival, nextDueBy, updateDueBy } from './freshness/due-by.ts'
export { FEED_REASONS, type FreshnessReason } from './freshness/feed-reasons.ts'
export { type FeedStatus, MARKET_CLOSED } from './freshness/feed-status.ts'
export { defineFreshness, type FreshnessOptions, type FreshnessRule } from './freshness/freshness-rule.ts'
export {
  type FeedFreshness,
  type FeedTimes,
  type JudgeFreshnessContext,
  judgeFreshness,
} from './freshness/judge-freshness.ts'
export {
  type FreshnessAttainment,
  type FreshnessAttainmentInput,
  measureAttainment,
} from './freshness/measure-attainment.ts'
export {
  createLatenessMeasure,
  type KeptLateness,
  type LatenessInput,
  type LatenessMeasure,
  type LateSpan,
} from './freshness/measure-lateness.ts'
export type { PriceTime } from './freshness/traded-at.ts'
export { createJsonReader, decimalOf, type JsonReader } from './http/json.ts'
export type { HttpAnswer, HttpFailure, HttpOutcome } from './http/send-request.ts'
export type { BreakerOptions } from './limits/breaker.ts'
export { createMemoryQuotaLedger } from './limits/memory-quota-ledger.ts'
export type { ProviderOptions, UnknownSymbolOptions } from './limits/provider-options.ts'
export type { QuotaLimits } from './limits/quota.ts'
export type * from './limits/quota-ledger.ts'
export { createSqlQuotaLedger, quotaLedgerTable, type SqlQuotaLedgerOptions } from './limits/sql-quota-ledger.ts'
export { type CurrencyUnit, unitOf } from './money/currency-unit.ts'
export { formatMoney, formatPrice } from './money/format-money.ts'
export { addMoney, type Money, money, sameMoney, timesMoney, toMajor } from './money/money.ts'
export { MoneyError, type MoneyErrorCode } from './money/money-error.ts'
export type { QuoteAttempt, RefusedSymbol, RejectedSymbol } from './poll/collect-quotes.ts'
export { createPollJob, type PollJobOptions, type PollRefusals } from './poll/create-poll-job.ts'
export {
  describeProviders,
  type FetchQuotesOptions,
  type ProviderLimits,
  type QuoteCall,
  type QuoteProvider,
} from './provider.ts'
export { type CheckQuoteContext, checkQuote, type QuoteCandidate } from './quote/check-quote.ts'
export {
  INSTRUMENT_TYPES,
  type InstrumentFacts,
  type InstrumentType,
  MARKET_STATES,
  type MarketState,
} from './quote/instrument-facts.ts'
export type { EventTimePrecision, ExtendedPrice, Quote } from './quote/quote.ts'
export {
  FAILURE_CODES,
  type FailureCode,
  type FetchRefusal,
  INVALID_QUOTE_CODES,
  type InvalidQuoteCode,
  type QuoteRefusal,
  type QuoteResult,
  type QuoteSuccess,
  RATE_LIMIT_CODES,
  type RateLimitCode,
  UNKNOWN_SYMBOL_CODES,
  type UnknownSymbolCode,
  type UnknownSymbolRefusal,
} from './quote/quote-result.ts'
export {
  createEcbProvider,
  type EcbProviderOptions,
  type RatesProvider,
  type RatesResult,
} from './rates/create-ecb-provider.ts'
export { parseEcbRates } from './rates/parse-ecb-rates.ts'
export { joinRates, type RateTable } from './rates/rate-table.ts'
export {
  type AppliedRate,
  type Conversion,
  type Converted,
  createReferenceRates,
  RATE_REFUSAL_CODES,
  type RateRefusal,
  type RateRefusalCode,
  type ReferenceRates,
  type ReferenceRatesOptions,
} from './rates/reference-rates.ts'
export type { ColumnName } from './tables/columns.ts'
export {
  createQuoteTables,
  type KeptFeedsInput,
  type QuoteTables,
  type QuoteTablesOptions,
} from './tables/create-quote-tables.ts'
export { type QuoteTablesMigration, quoteTablesMigration } from './tables/create-statements.ts'
export { type FeedRefusal, toFeedRefusals } from './tables/feed-refusal.ts'
export type { KeptAttempt, KeptFeed } from './tables/kept-feed.ts'
export type { LatestPrice } from './tables/latest-quote.ts'
export type { QuoteLayout } from './tables/layout.ts'
export type { DueBy } from './tables/quote-rows.ts'
export { type LocalTime, localInstant, offsetMs } from './time/local-instant.ts'
export { createVenues, type Venues, type VenuesOptions } from './venue/create-venues.ts'
export { exchangeOf, typeOfSymbol } from './venue/symbol-rules.ts'
export type { HostVenue, Venue } from './venue/venue.ts'
export { precisionAt, type VenueFreshnessOptions, venueFreshness } from './venue/venue-freshness.ts'
export { createYahooProvider, type YahooOptions } from './yahoo/create-yahoo-provider.ts'

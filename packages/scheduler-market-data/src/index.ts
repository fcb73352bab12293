export { type AlphaVantageOptions, createAlphaVantageProvider } from './alpha-vantage/create-alpha-vantage-provider.ts'
export { type BreakerOptions, CIRCUIT_STATES, type CircuitState } from './limits/breaker.ts'
export type { QuotaLimits } from './limits/quota.ts'
export type { ProviderOptions } from './options.ts'
export type { QuoteAttempt, RejectedSymbol } from './poll/collect-quotes.ts'
export { createPollJob, type PollJobOptions } from './poll/create-poll-job.ts'
export {
  describeProviders,
  type FetchQuotesOptions,
  type ProviderLimits,
  type QuoteCall,
  type QuoteProvider,
} from './provider.ts'
export { type CheckQuoteContext, checkQuote, type QuoteCandidate } from './quote/check-quote.ts'
export type { EventTimePrecision, Quote } from './quote/quote.ts'
export {
  FAILURE_CODES,
  type FailureCode,
  INVALID_QUOTE_CODES,
  type InvalidQuoteCode,
  type QuoteRefusal,
  type QuoteResult,
  type QuoteSuccess,
  RATE_LIMIT_CODES,
  type RateLimitCode,
  type Refusal,
} from './quote/quote-result.ts'
export { type LocalTime, localInstant, offsetMs } from './time/local-instant.ts'
export { createYahooProvider, type YahooOptions } from './yahoo/create-yahoo-provider.ts'

import type { EpochMs } from '@pm/scheduler-core'

import type { Quote } from './quote.ts'

/** Why an answer about a symbol was refused. */
export const INVALID_QUOTE_CODES = [
  'SYMBOL_MALFORMED',
  'SYMBOL_MISMATCH',
  'DUPLICATE_ANSWER',
  'PRICE_MISSING',
  'PRICE_NOT_NUMERIC',
  'PRICE_NOT_FINITE',
  'PRICE_ZERO',
  'PRICE_NEGATIVE',
  'PRICE_OUT_OF_RANGE',
  'CURRENCY_MISSING',
  'CURRENCY_MALFORMED',
  'EVENT_TIME_MISSING',
  'EVENT_TIME_MALFORMED',
  'EVENT_TIME_IN_FUTURE',
] as const

/** Why a provider has no price of a symbol. */
export const UNKNOWN_SYMBOL_CODES = [
  /** The provider does not know the symbol. */
  'UNKNOWN_SYMBOL',
  /** It has known the symbol, which is not traded any more: it says so, or has had no new price for half a year. */
  'DELISTED',
  /** It answered about another symbol instead, as after a rename. */
  'RENAMED',
  /** Not asked: it has no instruments of this kind, or no name for the symbol. */
  'NOT_OFFERED',
] as const

/** Why there is no usable answer. */
export const FAILURE_CODES = [
  /** The deadline passed before the whole answer had arrived. */
  'TIMEOUT',
  /** No connection, or it broke before the whole answer had arrived. */
  'CONNECTION_FAILED',
  /** The run was aborted. */
  'ABORTED',
  'BODY_TOO_LARGE',
  /** HTML, truncated JSON, or other text. */
  'BODY_NOT_JSON',
  /** JSON or a table of an unexpected shape, or a table that breaks off before the symbol. */
  'BODY_UNEXPECTED',
  'REDIRECT_REFUSED',
  'HTTP_CLIENT_ERROR',
  'HTTP_SERVER_ERROR',
  /** The provider refused the key or the session. */
  'ACCESS_DENIED',
  /** The sign-in failed (Yahoo's cookie and crumb). */
  'HANDSHAKE_FAILED',
  /** The provider reported an error on its side. */
  'PROVIDER_ERROR',
  /** Not asked: its circuit breaker is open after failures. */
  'CIRCUIT_OPEN',
  /** Not asked: it is disabled. */
  'PROVIDER_DISABLED',
  /** Not asked: the ledger of its quota does not answer. */
  'QUOTA_UNAVAILABLE',
  /** The provider broke its contract: it threw, or left the symbol out. Its error is reported to `onBroken`. */
  'PROVIDER_BROKEN',
] as const

/** Why the provider may not be asked now. */
export const RATE_LIMIT_CODES = [
  /** The provider refused, with status 429 or by a message. */
  'RATE_LIMITED',
  /** The provider refused: by its own count, the requests of its day are used up. */
  'DAILY_LIMIT_REACHED',
  /** Not asked: the wait after an earlier refusal is not over. */
  'BACKING_OFF',
  /** Not asked: its quota is used up, by our own count or since it said so of its day. */
  'QUOTA_EXHAUSTED',
] as const

/**
 * The codes of providers that were not asked: their budget, their circuit, a switch or the end of the run kept a request
 * from being sent, or they have no instruments of this kind.
 */
export const NOT_ASKED_CODES: ReadonlySet<string> = new Set<FailureCode | RateLimitCode | UnknownSymbolCode>([
  'ABORTED',
  'BACKING_OFF',
  'CIRCUIT_OPEN',
  'NOT_OFFERED',
  'PROVIDER_DISABLED',
  'QUOTA_EXHAUSTED',
  'QUOTA_UNAVAILABLE',
])

export type InvalidQuoteCode = (typeof INVALID_QUOTE_CODES)[number]
export type UnknownSymbolCode = (typeof UNKNOWN_SYMBOL_CODES)[number]
export type FailureCode = (typeof FAILURE_CODES)[number]
export type RateLimitCode = (typeof RATE_LIMIT_CODES)[number]

/** The result of one provider for one symbol. Refusals have codes only: no text of a provider's answer is passed on. */
export type QuoteResult = QuoteSuccess | QuoteRefusal

export interface QuoteSuccess {
  readonly kind: 'quote'
  readonly symbol: string
  readonly quote: Quote
}

export type QuoteRefusal = { readonly symbol: string } & FetchRefusal

/** Why no quote came, apart from the symbol that was asked for. */
export type FetchRefusal =
  | UnknownSymbolRefusal
  | { readonly kind: 'invalid'; readonly code: InvalidQuoteCode }
  | {
      readonly kind: 'failed'
      readonly code: FailureCode
      /** Until when the provider is left alone, with `CIRCUIT_OPEN` (default unknown). As that of `rate-limited`. */
      readonly retryAt?: EpochMs | null
    }
  | {
      readonly kind: 'rate-limited'
      readonly code: RateLimitCode
      /** When to ask again, on the wall clock in whole milliseconds; `null` when that is unknown. */
      readonly retryAt: EpochMs | null
    }

export interface UnknownSymbolRefusal {
  readonly kind: 'unknown-symbol'
  readonly code: UnknownSymbolCode
  /**
   * Until when the provider is not asked for it, on the wall clock in whole milliseconds; `null` when the next poll asks
   * again, and for `NOT_OFFERED`, which no time changes.
   */
  readonly askAgainAt: EpochMs | null
  /** When the provider said so, where that is remembered and it was not asked again (default: it was asked now). */
  readonly rememberedFrom?: EpochMs
}

export const UNKNOWN_SYMBOL = unknownSymbol('UNKNOWN_SYMBOL')

export function unknownSymbol(code: UnknownSymbolCode, askAgainAt: EpochMs | null = null): UnknownSymbolRefusal {
  return Object.freeze({ kind: 'unknown-symbol', code, askAgainAt })
}

export function invalid(code: InvalidQuoteCode): FetchRefusal {
  return { kind: 'invalid', code }
}

export function failed(code: FailureCode): FetchRefusal {
  return { kind: 'failed', code }
}

/** Whether a provider was asked to come to this refusal, and neither left alone nor known from an earlier answer. */
export function wasAsked(refusal: FetchRefusal): boolean {
  const isRemembered = refusal.kind === 'unknown-symbol' && refusal.rememberedFrom !== undefined
  return !isRemembered && !NOT_ASKED_CODES.has(refusal.code)
}

/** Until when a provider is not asked because of this refusal; `null` when that is unknown, or the next poll asks. */
export function leftAloneUntil(refusal: FetchRefusal): EpochMs | null {
  if (refusal.kind === 'unknown-symbol') return refusal.askAgainAt
  return refusal.kind === 'invalid' ? null : (refusal.retryAt ?? null)
}

/** The same refusal for one symbol. */
export function refuse(symbol: string, refusal: FetchRefusal): QuoteRefusal {
  return { symbol, ...refusal }
}

import type { EpochMs } from '@pm/scheduler-core'
import { z } from 'zod'

import { parseJson } from '../http/read-body.ts'
import { DEFAULT_RETRY_MS, MAX_RETRY_MS } from '../http/retry-after.ts'
import { type QuoteCandidate, sameSymbol } from '../quote/check-quote.ts'
import { type FetchRefusal, failed, UNKNOWN_SYMBOL } from '../quote/quote-result.ts'
import type { Listing } from './listing.ts'
import { eventTimeOf } from './session-time.ts'

export type AlphaVantageAnswer =
  | { readonly kind: 'candidate'; readonly candidate: QuoteCandidate }
  | { readonly kind: 'refused'; readonly refusal: FetchRefusal }

export interface ReadAnswerContext {
  /** The symbol that was asked for, as the host spells it. */
  readonly symbol: string
  readonly listing: Listing
  readonly currency: string | null
  readonly now: EpochMs
}

/**
 * Reads the body of a GLOBAL_QUOTE answer with status 200, which Alpha Vantage also sends when it refuses: the reason
 * is then English text under `Note`, `Information` or `Error Message`. An empty `Global Quote` is its way of saying
 * that it does not know the symbol.
 */
export function readAnswer(text: string, context: ReadAnswerContext): AlphaVantageAnswer {
  const json = parseJson(text)
  if (json === undefined) return refused(failed('BODY_NOT_JSON'))
  const body = BODY.safeParse(json)
  if (!body.success) return refused(failed('BODY_UNEXPECTED'))

  const quote = body.data['Global Quote']
  if (quote !== undefined && Object.keys(quote).length > 0) {
    return { kind: 'candidate', candidate: candidateOf(quote, context) }
  }
  const words = body.data['Error Message'] ?? body.data.Information ?? body.data.Note
  if (words !== undefined) return refused(refusalOfWords(words, context.now))
  return refused(quote === undefined ? failed('BODY_UNEXPECTED') : UNKNOWN_SYMBOL)
}

const BODY = z.object({
  'Global Quote': z.looseObject({}).optional(),
  'Error Message': z.string().optional(),
  Information: z.string().optional(),
  Note: z.string().optional(),
})

/** Every value on this wire is a string. A price that is none stays as it came, to be refused for what it is. */
function candidateOf(quote: Record<string, unknown>, context: ReadAnswerContext): QuoteCandidate {
  const { symbol, listing, currency, now } = context
  const day = quote['07. latest trading day']
  const answered = quote['01. symbol']
  return {
    symbol: typeof answered === 'string' && sameSymbol(answered, listing.symbol) ? symbol : null,
    price: readDecimal(quote['05. price']),
    currency,
    eventTime: typeof day === 'string' && day !== '' ? (eventTimeOf(day, listing, now) ?? day) : day,
    eventTimePrecision: 'day',
    previousClose: readDecimal(quote['08. previous close']),
    mayBeNegative: false,
  }
}

/** The number that a plain decimal text stands for; anything else unchanged, numbers included: they do not belong here. */
function readDecimal(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return value
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  return /^[+-]?(nan|inf|infinity)$/i.test(value) ? Number.NaN : value
}

/**
 * The texts overlap: that about bursts mentions the daily limit, that about the daily limit mentions the API key (and
 * quotes it), so the order matters.
 */
function refusalOfWords(words: string, now: EpochMs): FetchRefusal {
  const waitUntil = (ms: number): FetchRefusal => ({ kind: 'rate-limited', code: 'RATE_LIMITED', retryAt: now + ms })
  if (/sparingly|per second/i.test(words)) return waitUntil(BURST_RETRY_MS)
  if (/per minute|call frequency|call volume/i.test(words)) return waitUntil(DEFAULT_RETRY_MS)
  if (/per day|daily|rate limit/i.test(words)) return waitUntil(MAX_RETRY_MS)
  if (/api ?key|premium/i.test(words)) return failed('ACCESS_DENIED')
  if (/invalid api call/i.test(words)) return UNKNOWN_SYMBOL
  return failed('PROVIDER_ERROR')
}

/** Its free tier grants one request a second. */
const BURST_RETRY_MS = 2_000

function refused(refusal: FetchRefusal): AlphaVantageAnswer {
  return { kind: 'refused', refusal }
}

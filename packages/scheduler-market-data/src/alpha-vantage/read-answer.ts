import type { EpochMs } from '@pm/scheduler-core'
import * as z from 'zod'

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
 * Reads the body of a GLOBAL_QUOTE answer with status 200, which Alpha Vantage also sends for refusals: the reason is
 * then English text under `Note`, `Information` or `Error Message`. An empty `Global Quote` means that the symbol is
 * unknown.
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

/** Alpha Vantage sends every value as a string, which `checkQuote` reads. */
function candidateOf(quote: Record<string, unknown>, context: ReadAnswerContext): QuoteCandidate {
  const { symbol, listing, currency, now } = context
  const day = quote['07. latest trading day']
  const answered = quote['01. symbol']
  return {
    symbol: typeof answered === 'string' && sameSymbol(answered, listing.symbol) ? symbol : null,
    price: quote['05. price'],
    currency,
    eventTime: typeof day === 'string' && day !== '' ? (eventTimeOf(day, listing, now) ?? day) : day,
    eventTimePrecision: 'day',
    previousClose: quote['08. previous close'],
    volume: quote['06. volume'],
    mayBeNegative: false,
  }
}

/**
 * The order matters, because the texts overlap: the text about bursts mentions the daily limit, and the text about the
 * daily limit mentions the API key (and quotes it).
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

/** Long enough for the free tier, which allows one request a second. */
const BURST_RETRY_MS = 2_000

function refused(refusal: FetchRefusal): AlphaVantageAnswer {
  return { kind: 'refused', refusal }
}

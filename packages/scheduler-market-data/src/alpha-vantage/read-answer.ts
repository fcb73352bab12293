import type { EpochMs } from '@pm/scheduler-core'
import * as z from 'zod'

import { closingTimeOf } from '../ask/closing-time.ts'
import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import { createJsonReader } from '../http/json.ts'
import { DEFAULT_RETRY_MS, MAX_RETRY_MS } from '../http/retry-after.ts'
import { type QuoteCandidate, sameSymbol } from '../quote/check-quote.ts'
import {
  type FetchRefusal,
  failed,
  type QuoteResult,
  refuse,
  UNKNOWN_SYMBOL,
  unknownSymbol,
} from '../quote/quote-result.ts'
import type { Listing } from './listing.ts'

export interface ReadAnswerContext extends Pick<AskTools, 'now' | 'check'> {
  readonly asked: AskedSymbol
  readonly listing: Listing
}

/**
 * Reads the body of a GLOBAL_QUOTE answer with status 200, which Alpha Vantage also sends for refusals: the reason is
 * then English text under `Note`, `Information`, `message` or `Error Message`. An empty `Global Quote` means that the
 * symbol is unknown.
 */
export function readAnswer(text: string, context: ReadAnswerContext): readonly QuoteResult[] | FetchRefusal {
  const json = readJson(text)
  if (json === undefined) return failed('BODY_NOT_JSON')
  const body = BODY.safeParse(json)
  if (!body.success) return failed('BODY_UNEXPECTED')

  const quote = body.data['Global Quote']
  if (quote !== undefined && Object.keys(quote).length > 0) return [resultOf(quote, context)]
  const { symbol } = context.asked
  const words = body.data['Error Message'] ?? body.data.Information ?? body.data.Note ?? body.data.message
  if (words !== undefined) {
    const refusal = refusalOfWords(words, context.now())
    return refusal.kind === 'unknown-symbol' ? [refuse(symbol, refusal)] : refusal
  }
  return quote === undefined ? failed('BODY_UNEXPECTED') : [refuse(symbol, UNKNOWN_SYMBOL)]
}

const readJson = createJsonReader()

const WORDS = z.string().optional().catch(undefined)

const BODY = z.object({
  'Global Quote': z.looseObject({}).optional(),
  'Error Message': WORDS,
  Information: WORDS,
  Note: WORDS,
  message: WORDS,
})

function resultOf(quote: Record<string, unknown>, { asked, listing, now, check }: ReadAnswerContext): QuoteResult {
  const { symbol, name } = asked
  const answered = quote['01. symbol']
  if (typeof answered === 'string' && answered !== '' && !sameSymbol(answered, name)) {
    return refuse(symbol, unknownSymbol('RENAMED'))
  }
  const about = typeof answered === 'string' && answered !== '' ? symbol : null
  return check(candidateOf(quote, { symbol: about, listing, now: now() }), symbol)
}

interface CandidateContext {
  readonly symbol: unknown
  readonly listing: Listing
  readonly now: EpochMs
}

/** Alpha Vantage sends every value as a string, which `checkQuote` reads. */
function candidateOf(quote: Record<string, unknown>, { symbol, listing, now }: CandidateContext): QuoteCandidate {
  const day = quote['07. latest trading day']
  return {
    symbol,
    price: textOf(quote['05. price']),
    currency: listing.currency,
    eventTime: typeof day === 'string' && day !== '' ? (closingTimeOf(day, listing, now) ?? day) : day,
    eventTimePrecision: 'day',
    previousClose: textOf(quote['08. previous close']),
    volume: textOf(quote['06. volume']),
    mayBeNegative: false,
  }
}

/** A bare number stands for no price, since its digits may be lost. */
function textOf(value: unknown): unknown {
  return typeof value === 'number' ? { number: value } : value
}

/**
 * The order matters, because the texts overlap: the text about bursts mentions the daily limit, and the text about the
 * daily limit mentions the API key (and quotes it).
 */
function refusalOfWords(words: string, now: EpochMs): FetchRefusal {
  const waitUntil = (ms: number, code: 'RATE_LIMITED' | 'DAILY_LIMIT_REACHED' = 'RATE_LIMITED'): FetchRefusal => ({
    kind: 'rate-limited',
    code,
    retryAt: now + ms,
  })
  if (/sparingly|per second/i.test(words)) return waitUntil(BURST_RETRY_MS)
  if (/per minute|call frequency|call volume/i.test(words)) return waitUntil(DEFAULT_RETRY_MS)
  if (/per day|daily/i.test(words)) return waitUntil(MAX_RETRY_MS, 'DAILY_LIMIT_REACHED')
  if (/rate limit/i.test(words)) return waitUntil(MAX_RETRY_MS)
  if (/api ?key|premium/i.test(words)) return failed('ACCESS_DENIED')
  if (/invalid api call/i.test(words)) return UNKNOWN_SYMBOL
  return failed('PROVIDER_ERROR')
}

/** Long enough for the free tier, which allows one request a second. */
const BURST_RETRY_MS = 2_000

import type { Clock } from '@pm/scheduler-core'

import { type Answer, json } from './answer.ts'
import { instrumentOf } from './instruments.ts'
import type { Frame, Tape } from './tape.ts'

/** The quota of the replayed Alpha Vantage (default that of the free tier). */
export interface AlphaVantageQuota {
  /** Default 25. */
  readonly perDay?: number
  /** The shortest time between two requests (default 1,000). */
  readonly everyMs?: number
}

/**
 * Imitates Alpha Vantage's GLOBAL_QUOTE. Like the real one, it always answers with status 200, all values are strings,
 * an unknown symbol gives an empty quote, and a refusal is a sentence.
 */
export function createAlphaVantageRoutes(
  tape: Tape,
  clock: Clock,
  quota: AlphaVantageQuota = {},
): (url: URL) => Answer | null {
  const { perDay = 25, everyMs = 1_000 } = quota
  let askedAt: readonly number[] = []

  return ({ pathname, searchParams }) => {
    if (pathname !== '/query') return null
    const apiKey = searchParams.get('apikey') ?? ''
    if (apiKey === '') return json(200, { 'Error Message': NO_KEY })
    const asked = searchParams.get('function') ?? ''
    if (asked !== 'GLOBAL_QUOTE') return json(200, { 'Error Message': `This API function (${asked}) does not exist.` })

    const now = clock.monotonic()
    askedAt = askedAt.filter((at) => at > now - DAY_MS)
    if (askedAt.length >= perDay) return json(200, { Information: dailyRefusal(apiKey, perDay) })
    const latest = askedAt.at(-1)
    askedAt = [...askedAt, now]
    if (latest !== undefined && now - latest < everyMs) return json(200, { Information: BURST_REFUSAL })
    return json(200, { 'Global Quote': globalQuote((searchParams.get('symbol') ?? '').toUpperCase(), tape) })
  }
}

const DAY_MS = 86_400_000

const NO_KEY = 'the parameter apikey is invalid or missing. Please claim your free API key on their site.'

const BURST_REFUSAL =
  'Please consider spreading out your free API requests more sparingly (1 request per second). A premium plan lifts the free key rate limit (25 requests per day).'

/** Quotes the key as the real one does, to test that the key reaches no log. */
function dailyRefusal(apiKey: string, perDay: number): string {
  return `We have detected your API key as ${apiKey} and our standard API rate limit is ${perDay} requests per day. Premium plans remove all daily rate limits.`
}

function globalQuote(symbol: string, tape: Tape): Record<string, string> {
  if (!instrumentOf(symbol).onAlphaVantage) return {}
  const frame = tape.next(symbol, 'alpha-vantage')
  return frame === null ? {} : fieldsOf(frame)
}

function fieldsOf({ symbol, date, open, high, low, close, volume, previousClose }: Frame): Record<string, string> {
  const before = previousClose ?? close
  return {
    '01. symbol': symbol,
    '02. open': decimal(open ?? close),
    '03. high': decimal(high ?? close),
    '04. low': decimal(low ?? close),
    '05. price': decimal(close),
    '06. volume': String(volume ?? 0),
    '07. latest trading day': date,
    '08. previous close': decimal(before),
    '09. change': decimal(close - before),
    '10. change percent': `${decimal(((close - before) / before) * 100)}%`,
  }
}

function decimal(value: number): string {
  return value.toFixed(4)
}

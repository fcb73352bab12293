import { randomBytes } from 'node:crypto'

import { type Answer, json, text } from './answer.ts'
import { instrumentOf } from './instruments.ts'
import type { Frame, Tape } from './tape.ts'

/**
 * Imitates the routes of Yahoo Finance that yahoo-finance2 uses: a page that sets a cookie, the crumb for that cookie,
 * and the quotes, which require both. Unknown symbols are missing in the answer.
 */
export function createYahooRoutes(tape: Tape): (url: URL, headers: RequestHeaders) => Answer | null {
  const cookie = `d=${randomBytes(12).toString('hex')}`
  const crumb = randomBytes(8).toString('base64url')

  return (url, { cookie: sent = '' }) => {
    const signedIn = sent.includes(`A3=${cookie}`)
    switch (url.pathname) {
      case '/v1/test/getcrumb':
        return signedIn ? text(200, crumb) : unauthorized('Invalid Cookie')
      case '/v7/finance/quote':
        if (!signedIn || url.searchParams.get('crumb') !== crumb) return unauthorized('Invalid Crumb')
        return quotes(url.searchParams, tape)
      default:
        return url.pathname.startsWith('/quote/') ? page(cookie) : null
    }
  }
}

export interface RequestHeaders {
  readonly cookie?: string | undefined
}

function page(cookie: string): Answer {
  const attributes = 'Max-Age=31557600; Domain=.yahoo.com; Path=/; SameSite=None; Secure; HttpOnly'
  return {
    ...text(
      200,
      '<!DOCTYPE html><html lang="en-US"><head><title>Replay</title></head><body>Recorded prices</body></html>',
    ),
    headers: { 'content-type': 'text/html; charset=utf-8', 'set-cookie': `A3=${cookie}; ${attributes}` },
  }
}

function unauthorized(description: string): Answer {
  return json(401, { finance: { result: null, error: { code: 'Unauthorized', description } } })
}

function quotes(asked: URLSearchParams, tape: Tape): Answer {
  const symbols = [...new Set(listOf(asked.get('symbols')))]
  if (symbols.length === 0) {
    const error = { code: 'argument-error', description: 'Missing value for the "symbols" argument' }
    return json(400, { quoteResponse: { result: null, error } })
  }
  const frames = symbols.map((symbol) => tape.next(symbol.toUpperCase(), 'yahoo')).filter((frame) => frame !== null)
  const fields = new Set(listOf(asked.get('fields')))
  const result = frames.map(entryOf).map((entry) => (fields.size === 0 ? entry : pick(entry, fields)))
  return json(200, { quoteResponse: { result, error: null } })
}

function listOf(text: string | null): string[] {
  return (text ?? '').split(',').filter((item) => item !== '')
}

/** The fields that are asked for, and those that Yahoo sends whatever is asked for. */
function pick(entry: Record<string, unknown>, fields: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => fields.has(name) || ALWAYS_SENT.has(name)))
}

const ALWAYS_SENT: ReadonlySet<string> = new Set([
  ...['language', 'region', 'symbol', 'quoteType', 'typeDisp', 'quoteSourceName', 'triggerable'],
  ...['customPriceAlertConfidence', 'marketState', 'exchange', 'fullExchangeName', 'exchangeTimezoneName'],
  ...['exchangeTimezoneShortName', 'gmtOffSetMilliseconds', 'market', 'esgPopulated', 'tradeable', 'cryptoTradeable'],
  ...['hasPrePostMarketData', 'sourceInterval', 'exchangeDataDelayedBy', 'priceHint'],
])

/** The fields that Yahoo always sends, and those optional ones that the recording has values for. */
function entryOf(frame: Frame): Record<string, unknown> {
  const { name, quoteType, exchange, exchangeName, timeZone } = instrumentOf(frame.symbol)
  const offset = frame.utcOffsetMs
  const entry = {
    language: 'en-US',
    region: 'US',
    quoteType,
    typeDisp: `${quoteType.charAt(0)}${quoteType.slice(1).toLowerCase()}`,
    quoteSourceName: 'Replay of recorded prices',
    triggerable: false,
    customPriceAlertConfidence: 'LOW',
    currency: frame.currency,
    marketState: 'CLOSED',
    exchange,
    fullExchangeName: exchangeName,
    exchangeTimezoneName: timeZone,
    exchangeTimezoneShortName: SHORT_NAMES.get(timeZone)?.[offset === WINTER_OFFSETS.get(timeZone) ? 0 : 1] ?? 'UTC',
    gmtOffSetMilliseconds: offset,
    market: marketOf(quoteType, timeZone),
    esgPopulated: false,
    tradeable: false,
    cryptoTradeable: false,
    hasPrePostMarketData: false,
    sourceInterval: 15,
    exchangeDataDelayedBy: 0,
    priceHint: 2,
    shortName: name,
    longName: name,
    regularMarketPrice: frame.close,
    regularMarketTime: frame.closedAt,
    symbol: frame.symbol,
    ...(quoteType === 'FUTURE' && { contractSymbol: false }),
  }
  return { ...entry, ...session(frame), ...change(frame) }
}

/** In winter and in summer. */
const SHORT_NAMES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['America/New_York', ['EST', 'EDT']],
  ['Europe/London', ['GMT', 'BST']],
])

const WINTER_OFFSETS: ReadonlyMap<string, number> = new Map([
  ['America/New_York', -18_000_000],
  ['Europe/London', 0],
])

function marketOf(quoteType: string, timeZone: string): string {
  if (timeZone === 'Europe/London') return 'gb_market'
  return quoteType === 'FUTURE' ? 'us24_market' : 'us_market'
}

function session({ open, high, low, volume }: Frame): Record<string, unknown> {
  return {
    ...(open !== null && { regularMarketOpen: open }),
    ...(high !== null && { regularMarketDayHigh: high }),
    ...(low !== null && { regularMarketDayLow: low }),
    ...(high !== null && low !== null && { regularMarketDayRange: `${low} - ${high}` }),
    ...(volume !== null && { regularMarketVolume: volume }),
  }
}

function change({ close, previousClose }: Frame): Record<string, unknown> {
  if (previousClose === null) return {}
  return {
    regularMarketPreviousClose: previousClose,
    regularMarketChange: close - previousClose,
    ...(previousClose !== 0 && { regularMarketChangePercent: ((close - previousClose) / previousClose) * 100 }),
  }
}

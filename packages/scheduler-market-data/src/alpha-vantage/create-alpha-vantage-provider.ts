import { refuseOption } from '@pm/scheduler-core/store'

import { askOnce } from '../ask/ask-once.ts'
import { createQuoteProvider } from '../ask/create-quote-provider.ts'
import type { AskedSymbol } from '../ask/quote-source.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { ProviderOptions } from '../limits/provider-options.ts'
import type { QuoteProvider } from '../provider.ts'
import { invalid, NOT_OFFERED } from '../quote/quote-result.ts'
import { alphaVantageName, createListings } from './listing.ts'
import { readAnswer } from './read-answer.ts'

export interface AlphaVantageOptions extends ProviderOptions {
  /** The key of your account (default none). Without one, or with a blank one, the provider is disabled. */
  readonly apiKey?: string | undefined
  /** The base URL of the API (default `https://www.alphavantage.co`). */
  readonly baseUrl?: string
  /**
   * The currency of a symbol's prices, for symbols that the built-in table of exchanges lacks or has wrong (default the
   * table).
   */
  readonly currencyOf?: (symbol: string) => string | null
  /**
   * The calendar by which a symbol's prices are stamped, for exchanges that the built-in table lacks (default the
   * table's).
   */
  readonly calendarOf?: (symbol: string) => TradingCalendar | null
}

/**
 * The provider Alpha Vantage, named `alpha_vantage`. It sends one GLOBAL_QUOTE request per symbol, one after the other.
 * Symbols are in Yahoo's spelling. Alpha Vantage has no indices, futures, currencies, crypto and options; they are
 * answered without a request.
 *
 * The default quota is that of the free tier, 25 requests a day, one a second. Pass for example `quota: { perMinute: 75
 * }, paceMs: 800, concurrency: 4` for a paid tier. The key appears only in the URL of the request. Throws
 * `INVALID_OPTIONS`.
 */
export function createAlphaVantageProvider(options: AlphaVantageOptions = {}): QuoteProvider {
  const { baseUrl = 'https://www.alphavantage.co', currencyOf = () => null, calendarOf = () => null } = options
  const endpoint = endpointAt(baseUrl)
  const apiKey = options.apiKey?.trim() ?? ''
  const { enabled = true } = options
  const listed = createListings()
  const listingOf = ({ symbol, name }: AskedSymbol) => {
    const listing = listed(name)
    const calendar = calendarOf(symbol) ?? listing.calendar
    return {
      ...listing,
      currency: currencyOf(symbol) ?? listing.currency,
      calendar,
      timeZone: calendar?.timezone ?? listing.timeZone,
    }
  }

  const source = {
    name: NAME,
    batchSize: 1,
    apiKeyConfigured: apiKey !== '',
    nameOf: (symbol: string) => alphaVantageName(symbol) ?? NOT_OFFERED,
    refuse: (asked: AskedSymbol) => (listingOf(asked).currency === null ? invalid('CURRENCY_MISSING') : null),
    ask: askOnce({
      name: NAME,
      request: (asked) => ({ url: urlFor(endpoint, asked, apiKey) }),
      read: (text, asked, tools) => {
        const [one] = asked
        return one === undefined ? [] : readAnswer(text, { ...tools, asked: one, listing: listingOf(one) })
      },
    }),
  }
  return createQuoteProvider(source, { ...FREE_TIER, ...options, enabled: enabled && apiKey !== '' })
}

const NAME = 'alpha_vantage'

const FREE_TIER = { quota: { perDay: 25 }, paceMs: 1_000, concurrency: 1 } as const

function urlFor(endpoint: URL, asked: readonly AskedSymbol[], apiKey: string): string {
  const url = new URL(endpoint)
  const symbol = asked.map(({ name }) => name).join(',')
  url.search = new URLSearchParams({ function: 'GLOBAL_QUOTE', symbol, apikey: apiKey }).toString()
  return url.href
}

function endpointAt(baseUrl: string): URL {
  const url = URL.parse('query', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  return refuseOption({ path: 'baseUrl', value: baseUrl, expected: 'an http or https URL' })
}

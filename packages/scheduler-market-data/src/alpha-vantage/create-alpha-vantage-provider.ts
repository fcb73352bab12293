import type { EpochMs } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

import { refusalOfStatus } from '../http/refusal-of-status.ts'
import type { HttpAnswer } from '../http/send-request.ts'
import { createGate } from '../limits/gate.ts'
import { createPace } from '../limits/pace.ts'
import { type ProviderOptions, settleOptions } from '../limits/provider-options.ts'
import { wholeNumber } from '../options/check-option.ts'
import { callOutcome, type FetchQuotesOptions, type QuoteProvider } from '../provider.ts'
import { checkQuote } from '../quote/check-quote.ts'
import { type FetchRefusal, failed, invalid, type QuoteResult, refuse, UNKNOWN_SYMBOL } from '../quote/quote-result.ts'
import { type Listing, listingOf } from './listing.ts'
import { readAnswer } from './read-answer.ts'

export interface AlphaVantageOptions extends ProviderOptions {
  /** The key of your account (default none). Without one, or with a blank one, the provider is disabled. */
  readonly apiKey?: string | undefined
  /** The base URL of the API (default `https://www.alphavantage.co`). */
  readonly baseUrl?: string
  /** Pause between an answer and the next request (default 1,000: the free tier allows one request a second). */
  readonly paceMs?: number
  /**
   * The currency of a symbol's prices, for symbols that the built-in table of exchanges lacks or has wrong (default the
   * table).
   */
  readonly currencyOf?: (symbol: string) => string | null
}

/**
 * The provider Alpha Vantage, named `alpha_vantage`. It sends one GLOBAL_QUOTE request per symbol, one after the other.
 * Symbols are in Yahoo's spelling. Alpha Vantage has no indices, futures and currencies; they are answered without a
 * request.
 *
 * The default quota is that of the free tier, 25 requests a day; pass `quota: { perMinute: 75 }` for a paid tier. The
 * key appears only in the URL of the request. Throws `INVALID_OPTIONS`.
 */
export function createAlphaVantageProvider(options: AlphaVantageOptions = {}): QuoteProvider {
  const { baseUrl = 'https://www.alphavantage.co', paceMs = 1_000, currencyOf = () => null } = options
  const settings = settleOptions({ quota: FREE_TIER, ...options })
  wholeNumber({ path: 'paceMs', value: paceMs, from: 0, to: 60_000 })
  const endpoint = endpointAt(baseUrl)
  const apiKey = options.apiKey?.trim() ?? ''
  const enabled = settings.enabled && apiKey !== ''
  const { clock, futureToleranceMs } = settings
  const gate = createGate(NAME, settings)
  const pace = createPace(clock, paceMs)

  async function fetchQuote(symbol: string, options: FetchQuotesOptions): Promise<QuoteResult> {
    const listing = listingOf(symbol)
    if (listing === null) return refuse(symbol, UNKNOWN_SYMBOL)
    const currency = currencyOf(symbol) ?? listing.currency
    if (currency === null) return refuse(symbol, invalid('CURRENCY_MISSING'))

    const admission = gate.admit()
    if (admission.kind === 'refused') return refuse(symbol, admission.refusal)
    const result = await ask({ symbol, listing, currency }, options)
    admission.settle(refusalIn(result))
    return result
  }

  async function ask(subject: Subject, { signal, onCall }: FetchQuotesOptions): Promise<QuoteResult> {
    await pace.wait(signal)
    if (signal.aborted) return refuse(subject.symbol, failed('ABORTED'))
    const outcome = await gate.send({ url: urlFor(endpoint, subject.listing, apiKey), signal })
    if (outcome.kind === 'refused') return refuse(subject.symbol, outcome.refusal)
    pace.answered()
    const result =
      outcome.kind === 'answer' ? read(outcome, subject, clock.now()) : refuse(subject.symbol, failed(outcome.code))
    onCall({
      provider: NAME,
      outcome: callOutcome([result]),
      answered: outcome.kind === 'answer' || outcome.answered,
      durationMs: outcome.durationMs,
    })
    return result
  }

  function read({ status, headers, text }: HttpAnswer, subject: Subject, now: EpochMs): QuoteResult {
    const { symbol } = subject
    const refusal = refusalOfStatus(status, headers, now)
    if (refusal !== null) return refuse(symbol, refusal)
    const answer = readAnswer(text, { ...subject, now })
    if (answer.kind === 'refused') return refuse(symbol, answer.refusal)
    return checkQuote(answer.candidate, { symbol, provider: NAME, now, futureToleranceMs })
  }

  return Object.freeze({
    name: NAME,
    enabled,
    apiKeyConfigured: apiKey !== '',
    async fetchQuotes(symbols: readonly string[], options: FetchQuotesOptions) {
      if (!enabled) return symbols.map((symbol) => refuse(symbol, failed('PROVIDER_DISABLED')))
      const results: QuoteResult[] = []
      for (const symbol of symbols) results.push(await fetchQuote(symbol, options))
      return results
    },
    readLimits: gate.read,
    refreshLimits: gate.refresh,
  })
}

interface Subject {
  readonly symbol: string
  readonly listing: Listing
  readonly currency: string
}

const NAME = 'alpha_vantage'

const FREE_TIER = { perDay: 25 } as const

function urlFor(endpoint: URL, listing: Listing, apiKey: string): string {
  const url = new URL(endpoint)
  url.search = new URLSearchParams({ function: 'GLOBAL_QUOTE', symbol: listing.symbol, apikey: apiKey }).toString()
  return url.href
}

function endpointAt(baseUrl: string): URL {
  const url = URL.parse('query', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  return refuseOption({ path: 'baseUrl', value: baseUrl, expected: 'an http or https URL' })
}

function refusalIn(result: QuoteResult): FetchRefusal | null {
  return result.kind === 'quote' ? null : result
}

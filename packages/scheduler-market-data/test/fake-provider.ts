import type { FetchQuotesOptions, QuoteProvider } from '../src/provider.ts'
import type { Quote } from '../src/quote/quote.ts'
import { type FetchRefusal, failed, type QuoteResult, refuse, UNKNOWN_SYMBOL } from '../src/quote/quote-result.ts'

export interface FakeProvider extends QuoteProvider {
  /** The symbols of each request. */
  readonly asked: readonly (readonly string[])[]
}

export interface FakeProviderOptions {
  readonly name?: string
  readonly enabled?: boolean
  /** Prices by symbol; every other symbol is unknown. */
  readonly prices?: Readonly<Record<string, number>>
  /** Refuses everything with this instead. */
  readonly refusal?: FetchRefusal
  /** Called during each request. */
  readonly onAsked?: () => void
}

/** A provider that answers from a table and reports one call each time. */
export function createFakeProvider(options: FakeProviderOptions = {}): FakeProvider {
  const { name = 'fake', enabled = true, prices = {}, refusal, onAsked } = options
  const asked: (readonly string[])[] = []

  function resultFor(symbol: string): QuoteResult {
    if (refusal !== undefined) return refuse(symbol, refusal)
    const price = prices[symbol]
    return price === undefined
      ? refuse(symbol, UNKNOWN_SYMBOL)
      : { kind: 'quote', symbol, quote: quoteOf(symbol, price, name) }
  }

  return {
    name,
    enabled,
    apiKeyConfigured: null,
    asked,
    async fetchQuotes(symbols: readonly string[], { onCall }: FetchQuotesOptions) {
      asked.push(symbols)
      onAsked?.()
      const results = symbols.map(resultFor)
      const outcome = results.some(({ kind }) => kind === 'quote') ? 'succeeded' : 'failed'
      onCall({ provider: name, outcome, answered: true, durationMs: 12 })
      return results
    },
  }
}

export const DOWN: FetchRefusal = failed('CONNECTION_FAILED')

export function quoteOf(symbol: string, price: number, provider: string): Quote {
  const at = Date.UTC(2025, 8, 15, 20)
  return {
    symbol,
    price: String(price),
    currency: 'USD',
    eventTime: at,
    eventTimePrecision: 'exact',
    fetchedAt: at + 1_000,
    provider,
    name: null,
    previousClose: null,
    volume: null,
    instrument: { type: null, exchange: null, timezone: null, marketState: null, delayMs: null },
    extended: null,
  }
}

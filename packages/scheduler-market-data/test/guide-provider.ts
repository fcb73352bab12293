import {
  askOnce,
  createJsonReader,
  createQuoteProvider,
  decimalOf,
  type ProviderOptions,
  type QuoteProvider,
  type QuoteResult,
} from '../src/index.ts'

/** The provider of the guide `docs/guides/providers.md`, word for word. */
export function createBourseProvider(options: ProviderOptions & { readonly apiKey: string }): QuoteProvider {
  const readJson = createJsonReader(['last', 'volume'])
  return createQuoteProvider(
    {
      name: 'bourse',
      batchSize: 1,
      apiKeyConfigured: options.apiKey !== '',
      nameOf: (symbol) =>
        symbol.endsWith('.PA')
          ? symbol.slice(0, -3)
          : { kind: 'unknown-symbol', code: 'NOT_OFFERED', askAgainAt: null },
      ask: askOnce({
        name: 'bourse',
        request: ([asked]) => ({
          url: `https://api.bourse.example/last/${encodeURIComponent(asked?.name ?? '')}`,
          init: { headers: { authorization: `Bearer ${options.apiKey}` } },
        }),
        read(text, [asked], { check }) {
          const body = readJson(text)
          if (typeof body !== 'object' || body === null) return { kind: 'failed', code: 'BODY_UNEXPECTED' }
          const { symbol = '' } = asked ?? {}
          const said = body as Readonly<Record<string, unknown>>
          if (said['status'] === 'unknown') return [unknown(symbol)]
          const candidate = {
            symbol: said['code'] === asked?.name ? symbol : null,
            price: decimalOf(said['last']),
            currency: said['currency'],
            eventTime: said['at'],
            eventTimePrecision: 'exact',
            volume: decimalOf(said['volume']),
            mayBeNegative: false,
          } as const
          return [check(candidate, symbol)]
        },
      }),
    },
    { quota: { perDay: 500, dayTimezone: 'Europe/Paris' }, paceMs: 200, ...options },
  )
}

function unknown(symbol: string): QuoteResult {
  return { symbol, kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL', askAgainAt: null }
}

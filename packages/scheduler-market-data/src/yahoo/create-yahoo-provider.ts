import { createGate } from '../limits/gate.ts'
import { type ProviderOptions, settleOptions } from '../limits/provider-options.ts'
import { wholeNumber } from '../options/check-option.ts'
import type { FetchQuotesOptions, QuoteProvider } from '../provider.ts'
import { type FetchRefusal, failed, type QuoteResult, refuse } from '../quote/quote-result.ts'
import { askYahoo } from './yahoo-exchange.ts'
import { createYahooSession } from './yahoo-session.ts'

export interface YahooOptions extends ProviderOptions {
  /** How many symbols one request asks for (default 50). */
  readonly batchSize?: number
}

/**
 * The provider Yahoo Finance, named `yahoo_finance`. It needs no key and asks for many symbols in one request. There is
 * no limit unless `quota` sets one, since Yahoo publishes none. Its session (cookies and crumb, in memory) lasts across
 * polls and is renewed once when Yahoo refuses it. Throws `INVALID_OPTIONS`.
 */
export function createYahooProvider(options: YahooOptions = {}): QuoteProvider {
  const { batchSize = 50 } = options
  const settings = settleOptions(options)
  wholeNumber({ path: 'batchSize', value: batchSize, from: 1, to: 500 })
  const { clock, futureToleranceMs, enabled } = settings
  const gate = createGate(NAME, settings)
  const session = createYahooSession(clock)
  const context = () => ({ provider: NAME, now: clock.now(), futureToleranceMs })

  async function fetchBatch(symbols: readonly string[], options: FetchQuotesOptions): Promise<readonly QuoteResult[]> {
    const all = (refusal: FetchRefusal) => symbols.map((symbol) => refuse(symbol, refusal))
    if (options.signal.aborted) return all(failed('ABORTED'))
    const admission = gate.admit()
    if (admission.kind === 'refused') return all(admission.refusal)

    const ask = () => askYahoo({ ...options, symbols, session, gate, context })
    let { results, signedIn } = await ask()
    // Only a session from an earlier poll is renewed, since it may have expired; a new one would be refused again.
    if ('kind' in results && results.code === 'ACCESS_DENIED' && !signedIn) results = (await ask()).results
    const refusal = 'kind' in results ? results : null
    admission.settle(refusal)
    return 'kind' in results ? all(results) : results
  }

  return Object.freeze({
    name: NAME,
    enabled,
    apiKeyConfigured: null,
    async fetchQuotes(symbols: readonly string[], options: FetchQuotesOptions) {
      if (!enabled) return symbols.map((symbol) => refuse(symbol, failed('PROVIDER_DISABLED')))
      const results: QuoteResult[] = []
      for (let from = 0; from < symbols.length; from += batchSize) {
        results.push(...(await fetchBatch(symbols.slice(from, from + batchSize), options)))
      }
      return results
    },
    readLimits: gate.read,
    refreshLimits: gate.refresh,
  })
}

const NAME = 'yahoo_finance'

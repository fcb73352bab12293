import { systemClock } from '@pm/scheduler-core'

import { createQuoteProvider } from '../ask/create-quote-provider.ts'
import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import type { ProviderOptions } from '../limits/provider-options.ts'
import type { QuoteProvider } from '../provider.ts'
import { askYahoo } from './yahoo-exchange.ts'
import { createYahooSession } from './yahoo-session.ts'

export interface YahooOptions extends ProviderOptions {
  /** How many symbols one request asks for (default 50). */
  readonly batchSize?: number
}

/**
 * The provider Yahoo Finance, named `yahoo_finance`. It needs no key and asks for many symbols in one request, with four
 * requests at once. There is no limit unless `quota` sets one, since Yahoo publishes none. Its session (cookies and
 * crumb, in memory) lasts across polls and is renewed once when Yahoo refuses it. Throws `INVALID_OPTIONS`.
 */
export function createYahooProvider(options: YahooOptions = {}): QuoteProvider {
  const { batchSize = 50, clock = systemClock } = options
  const session = createYahooSession(clock)

  async function ask(asked: readonly AskedSymbol[], tools: AskTools) {
    const exchange = () => askYahoo({ name: NAME, asked, session, tools })
    const { results, signedIn } = await exchange()
    // Only a session from an earlier poll is renewed, since it may have expired; a new one would be refused again.
    const isExpired = 'kind' in results && results.code === 'ACCESS_DENIED' && !signedIn
    return isExpired ? (await exchange()).results : results
  }

  const source = { name: NAME, batchSize, apiKeyConfigured: null, nameOf: (symbol: string) => symbol, ask }
  return createQuoteProvider(source, options)
}

const NAME = 'yahoo_finance'

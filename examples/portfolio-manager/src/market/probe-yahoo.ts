import { createYahooProvider, type QuoteResult } from '@pm/scheduler-market-data'

/** Asks Yahoo Finance for one quote with a short time limit. */
export async function yahooAnswers(): Promise<QuoteResult> {
  const provider = createYahooProvider({ timeoutMs: PATIENCE_MS })
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const [result] = await provider.fetchQuotes([PROBED_SYMBOL], { signal, onCall() {} })
  return result ?? { kind: 'failed', symbol: PROBED_SYMBOL, code: 'PROVIDER_BROKEN' }
}

const PATIENCE_MS = 2_500
const PROBED_SYMBOL = 'AAPL'

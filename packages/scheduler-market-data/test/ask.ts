import type { QuoteCall, QuoteProvider } from '../src/provider.ts'
import type { QuoteResult } from '../src/quote/quote-result.ts'

export interface Asked {
  readonly results: readonly QuoteResult[]
  readonly calls: readonly QuoteCall[]
}

/** Asks a provider and returns its results and the calls that it reported. */
export async function ask(
  provider: QuoteProvider,
  symbols: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Asked> {
  const calls: QuoteCall[] = []
  const results = await provider.fetchQuotes(symbols, { signal, onCall: (call) => calls.push(call) })
  return { results, calls }
}

import type { ProviderSettings } from '../limits/provider-options.ts'
import { isSymbol } from '../quote/check-quote.ts'
import { type FetchRefusal, NOT_OFFERED } from '../quote/quote-result.ts'
import type { QuoteSource } from './quote-source.ts'

/**
 * The provider's name of a symbol: that of the host's `symbolOf`, or that of the provider's table; or why it is not
 * asked. A name that cannot be sent is none.
 */
export function nameIn(
  source: QuoteSource,
  { symbolOf }: Pick<ProviderSettings, 'symbolOf'>,
  symbol: string,
): string | FetchRefusal {
  const given = symbolOf(symbol)
  if (given === null) return NOT_OFFERED
  const name = given ?? source.nameOf(symbol)
  if (typeof name !== 'string') return name
  return isSymbol(name) ? (source.refuse?.({ symbol, name }) ?? name) : NOT_OFFERED
}

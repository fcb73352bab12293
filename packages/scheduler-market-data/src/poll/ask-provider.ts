import { isDeepStrictEqual } from 'node:util'

import type { EpochMs } from '@pm/scheduler-core'

import type { QuoteCall, QuoteProvider } from '../provider.ts'
import { checkQuote } from '../quote/check-quote.ts'
import { failed, invalid, type QuoteResult, type QuoteSuccess, refuse } from '../quote/quote-result.ts'
import type { IsZone } from '../time/zone-names.ts'

export interface AskContext {
  readonly signal: AbortSignal
  readonly onCall: (call: QuoteCall & { readonly fallback: boolean }) => void
  /** Called with what a provider threw, and with an error of its own code that cost one of its requests. */
  readonly onBroken: (provider: string, error: unknown) => void
  readonly now: () => EpochMs
  readonly futureToleranceMs: number
  /** Remembers the zones that it was asked about, since to ask the platform for each quote takes 0.1 ms. */
  readonly isZone: IsZone
}

export interface AskInput extends AskContext {
  /** Whether another provider was asked for some of the symbols before. */
  readonly fallback: boolean
}

/** Returns one result per symbol, in their order, even if the provider breaks its contract. */
export async function askProvider(
  provider: QuoteProvider,
  symbols: readonly string[],
  input: AskInput,
): Promise<readonly QuoteResult[]> {
  const { signal, onCall, fallback } = input
  const onBroken = (error: unknown) => input.onBroken(provider.name, error)
  const broken = (symbol: string) => refuse(symbol, failed('PROVIDER_BROKEN'))
  try {
    const options = { signal, onCall: (call: QuoteCall) => onCall({ ...call, fallback }), onBroken }
    const results = await provider.fetchQuotes(symbols, options)
    const bySymbol = new Map<string, QuoteResult>()
    for (const result of results) {
      const { symbol } = result
      const known = bySymbol.get(symbol)
      const isClear = known === undefined || isDeepStrictEqual(known, result)
      bySymbol.set(symbol, isClear ? result : refuse(symbol, invalid('DUPLICATE_ANSWER')))
    }
    return symbols.map((symbol) => {
      const result = bySymbol.get(symbol)
      if (result === undefined) return broken(symbol)
      try {
        return result.kind === 'quote' ? checkAgain(result, provider, input) : result
      } catch (error) {
        onBroken(error)
        return broken(symbol)
      }
    })
  } catch (error) {
    onBroken(error)
    return symbols.map(broken)
  }
}

/** Checks a quote of any provider as those of this package are checked. */
function checkAgain({ symbol, quote }: QuoteSuccess, { name }: QuoteProvider, input: AskInput): QuoteResult {
  const { now, futureToleranceMs, isZone } = input
  const { fetchedAt, instrument } = quote
  const mayBeNegative = MAY_BE_NEGATIVE.includes(instrument.type)
  return checkQuote(quote, { symbol, provider: name, now: now(), futureToleranceMs, mayBeNegative, fetchedAt, isZone })
}

/** The types of which a price can be below zero, or is not known to be above. */
const MAY_BE_NEGATIVE: readonly unknown[] = ['future', 'other', null]

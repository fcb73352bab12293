import type { EpochMs } from '@pm/scheduler-core'

import type { QuoteCall, QuoteProvider } from '../provider.ts'
import { checkQuote, isSymbol } from '../quote/check-quote.ts'
import type { Quote } from '../quote/quote.ts'
import { type FetchRefusal, failed, invalid, type QuoteResult, refuse } from '../quote/quote-result.ts'

export interface CollectQuotesInput {
  readonly symbols: readonly string[]
  /** The providers, in the order in which they are asked. */
  readonly providers: readonly QuoteProvider[]
  /** Whether an operator has left this provider on (default: yes). */
  readonly isEnabled?: (provider: string) => boolean
  readonly signal: AbortSignal
  readonly onCall: (call: QuoteCall & { readonly fallback: boolean }) => void
  /** Called when a provider threw, which breaks its contract. */
  readonly onBroken: (provider: string, error: unknown) => void
  readonly now: () => EpochMs
  readonly futureToleranceMs: number
}

export interface CollectedQuotes {
  readonly quotes: readonly Quote[]
  readonly rejected: readonly RejectedSymbol[]
  /** Every symbol that a provider refused, also when another one had a quote. */
  readonly refused: readonly RefusedSymbol[]
  /** How many entries of the list repeat an earlier symbol. */
  readonly duplicates: number
}

/** A symbol that at least one provider refused. */
export interface RefusedSymbol {
  readonly symbol: string
  /** The refusal of each provider, in the order in which they were asked. */
  readonly attempts: readonly QuoteAttempt[]
}

/** A symbol for which no provider had a quote. */
export interface RejectedSymbol extends RefusedSymbol {
  /** The code of the first attempt, which is that of the host's preferred provider. */
  readonly code: FetchRefusal['code']
}

export type QuoteAttempt = FetchRefusal & {
  /** `null` when no provider was asked. */
  readonly provider: string | null
}

/**
 * Asks the providers in order, each for the symbols that still have no quote. Skips providers that are disabled or that
 * an operator switched off. A provider that throws, leaves out a symbol or returns an invalid quote fails for these
 * symbols only.
 */
export async function collectQuotes(input: CollectQuotesInput): Promise<CollectedQuotes> {
  const { signal, isEnabled = () => true } = input
  const providers = input.providers.filter(({ name, enabled }) => enabled && isEnabled(name))
  const symbols = [...new Set(input.symbols)]
  const quotes = new Map<string, Quote>()
  const attempts = new Map<string, QuoteAttempt[]>()
  const note = (symbol: string, attempt: QuoteAttempt) => {
    attempts.set(symbol, [...(attempts.get(symbol) ?? []), attempt])
  }

  for (const symbol of symbols) {
    if (!isSymbol(symbol)) note(symbol, { ...invalid('SYMBOL_MALFORMED'), provider: null })
  }
  const wellFormed = symbols.filter(isSymbol)
  for (const [index, provider] of providers.entries()) {
    const missing = wellFormed.filter((symbol) => !quotes.has(symbol))
    if (missing.length === 0 || signal.aborted) break
    for (const result of await askProvider(provider, missing, { ...input, fallback: index > 0 })) {
      if (result.kind === 'quote') quotes.set(result.symbol, result.quote)
      else note(result.symbol, withoutSymbol(result, provider.name))
    }
  }

  const rejected = symbols
    .filter((symbol) => !quotes.has(symbol))
    .map((symbol) => rejection(symbol, attempts.get(symbol) ?? [NOBODY_ASKED]))
  const refused = [...attempts].map(([symbol, tried]) => ({ symbol, attempts: tried }))
  return { quotes: [...quotes.values()], rejected, refused, duplicates: input.symbols.length - symbols.length }
}

const NOBODY_ASKED: QuoteAttempt = Object.freeze({ ...failed('PROVIDER_DISABLED'), provider: null })

interface AskInput extends Omit<CollectQuotesInput, 'symbols' | 'providers'> {
  readonly fallback: boolean
}

/** Returns one result per symbol, even if the provider breaks its contract. */
async function askProvider(
  provider: QuoteProvider,
  symbols: readonly string[],
  { signal, onCall, onBroken, fallback, now, futureToleranceMs }: AskInput,
): Promise<readonly QuoteResult[]> {
  const broken = (symbol: string) => refuse(symbol, failed('PROVIDER_BROKEN'))
  try {
    const results = await provider.fetchQuotes(symbols, { signal, onCall: (call) => onCall({ ...call, fallback }) })
    const bySymbol = new Map(results.map((result) => [result.symbol, result]))
    return symbols.map((symbol) => {
      const result = bySymbol.get(symbol) ?? broken(symbol)
      if (result.kind !== 'quote') return result
      const context = { symbol, provider: provider.name, now: now(), futureToleranceMs }
      const checked = checkQuote({ ...result.quote, mayBeNegative: true }, context)
      if (checked.kind !== 'quote') return checked
      return { ...checked, quote: { ...checked.quote, fetchedAt: result.quote.fetchedAt } }
    })
  } catch (error) {
    onBroken(provider.name, error)
    return symbols.map(broken)
  }
}

function withoutSymbol(
  { symbol: _, ...refusal }: Exclude<QuoteResult, { kind: 'quote' }>,
  provider: string,
): QuoteAttempt {
  return { ...refusal, provider }
}

function rejection(symbol: string, attempts: readonly QuoteAttempt[]): RejectedSymbol {
  return { symbol, code: attempts[0]?.code ?? NOBODY_ASKED.code, attempts }
}

import type { QuoteProvider } from '../provider.ts'
import { isSymbol } from '../quote/check-quote.ts'
import type { Quote } from '../quote/quote.ts'
import { type FetchRefusal, failed, invalid, NOT_OFFERED, type QuoteResult } from '../quote/quote-result.ts'
import { type AskContext, askProvider } from './ask-provider.ts'

export interface CollectQuotesInput extends AskContext {
  readonly symbols: readonly string[]
  /** The providers, in the order in which they are asked. */
  readonly providers: readonly QuoteProvider[]
  /** Whether an operator has left this provider on (default: yes). */
  readonly isEnabled?: (provider: string) => boolean
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
  /** The code of the first provider that has instruments of this kind: that of the host's preferred one. */
  readonly code: FetchRefusal['code']
}

export type QuoteAttempt = FetchRefusal & {
  /** `null` when no provider was asked. */
  readonly provider: string | null
}

/**
 * Asks the providers in order, each for the symbols that still have no quote and that it can quote. Skips providers that
 * are disabled or that an operator switched off. A provider that throws, leaves out a symbol or returns an invalid quote
 * fails for these symbols only.
 */
export async function collectQuotes(input: CollectQuotesInput): Promise<CollectedQuotes> {
  const { signal, isEnabled = () => true } = input
  const providers = input.providers.filter(({ name, enabled }) => enabled && isEnabled(name))
  const symbols = [...new Set(input.symbols)]
  const quotes = new Map<string, Quote>()
  const attempts = new Map<string, QuoteAttempt[]>()
  const note = (symbol: string, attempt: QuoteAttempt) => {
    const noted = attempts.get(symbol)
    if (noted === undefined) attempts.set(symbol, [attempt])
    else noted.push(attempt)
  }

  for (const symbol of symbols) {
    if (!isSymbol(symbol)) note(symbol, { ...invalid('SYMBOL_MALFORMED'), provider: null })
  }
  const wellFormed = symbols.filter(isSymbol)
  for (const provider of providers) {
    const offered = wellFormed.filter((symbol) => {
      if (quotes.has(symbol)) return false
      if (canQuote(provider, symbol, input)) return true
      note(symbol, { ...NOT_OFFERED, provider: provider.name })
      return false
    })
    if (offered.length === 0) continue
    if (signal.aborted) break
    const fallback = offered.some((symbol) => attempts.get(symbol)?.some(wasOffered))
    for (const result of await askProvider(provider, offered, { ...input, fallback })) {
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

function wasOffered({ code }: QuoteAttempt): boolean {
  return code !== 'NOT_OFFERED'
}

/** A provider whose `canQuote` throws is asked, and answers as it can. */
function canQuote(provider: QuoteProvider, symbol: string, { onBroken }: CollectQuotesInput): boolean {
  try {
    return provider.canQuote?.(symbol) ?? true
  } catch (error) {
    onBroken(provider.name, error)
    return true
  }
}

function withoutSymbol(
  { symbol: _, ...refusal }: Exclude<QuoteResult, { kind: 'quote' }>,
  provider: string,
): QuoteAttempt {
  return { ...refusal, provider }
}

function rejection(symbol: string, attempts: readonly QuoteAttempt[]): RejectedSymbol {
  const first = attempts.find(wasOffered) ?? attempts[0]
  return { symbol, code: first?.code ?? NOBODY_ASKED.code, attempts }
}

import { createGate } from '../limits/gate.ts'
import { createPace } from '../limits/pace.ts'
import { type ProviderOptions, type ProviderSettings, settleOptions } from '../limits/provider-options.ts'
import type { FetchQuotesOptions, QuoteProvider } from '../provider.ts'
import { checkQuote } from '../quote/check-quote.ts'
import { type FetchRefusal, failed, type QuoteResult, refuse, unknownSymbol } from '../quote/quote-result.ts'
import { createZoneNames } from '../time/zone-names.ts'
import { checkSource } from './check-source.ts'
import { keyOf, planQuestions } from './plan-questions.ts'
import type { AskedSymbol, AskTools, QuoteSource } from './quote-source.ts'
import { runBatches } from './run-batches.ts'
import { nameIn } from './symbol-names.ts'
import { createUnknownSymbols } from './unknown-symbols.ts'

/**
 * Makes a provider of a source: with quota, circuit breaker, pace and concurrency, with names of its own for symbols,
 * and with a memory of what it does not know. Throws `INVALID_OPTIONS`.
 */
export function createQuoteProvider(source: QuoteSource, options: ProviderOptions = {}): QuoteProvider {
  checkSource(source)
  const settings = settleOptions(options)
  const { clock, enabled, concurrency } = settings
  const gate = createGate(source.name, settings)
  const pace = createPace(clock, { paceMs: settings.paceMs, fromAnswer: concurrency === 1 })
  const unknown = createUnknownSymbols(clock, settings.unknownSymbols)
  const isZone = createZoneNames()
  const nameOf = (symbol: string) => nameIn(source, settings, symbol)

  function toolsFor({ signal, onCall }: FetchQuotesOptions): AskTools {
    return {
      signal,
      onCall,
      now: () => clock.now(),
      check: (candidate, symbol) =>
        checkQuote(candidate, {
          symbol,
          provider: source.name,
          now: clock.now(),
          futureToleranceMs: settings.futureToleranceMs,
          isZone,
        }),
      async send(request) {
        await pace.wait(signal)
        if (signal.aborted) return { kind: 'refused', refusal: failed('ABORTED') }
        const outcome = await gate.send({ ...request, signal })
        if (outcome.kind !== 'refused') pace.answered()
        return outcome
      },
    }
  }

  async function askBatch(asked: readonly AskedSymbol[], options: FetchQuotesOptions): Promise<readonly QuoteResult[]> {
    const all = (refusal: FetchRefusal) => asked.map(({ symbol }) => refuse(symbol, refusal))
    if (options.signal.aborted) return all(failed('ABORTED'))
    const admission = gate.admit()
    if (admission.kind === 'refused') return all(admission.refusal)
    try {
      const answer = await source.ask(asked, toolsFor(options))
      if ('kind' in answer) return all(admission.settle(answer) ?? answer)
      admission.settle(null)
      return asked.map((each, index) => remember(each, answer[index]))
    } catch (error) {
      admission.settle(failed('PROVIDER_BROKEN'))
      options.onBroken?.(error)
      return all(failed('PROVIDER_BROKEN'))
    }
  }

  /** Takes the result into the memory of what the provider does not know. */
  function remember({ symbol, name }: AskedSymbol, answered: QuoteResult | undefined): QuoteResult {
    if (answered?.symbol !== symbol) return refuse(symbol, failed('PROVIDER_BROKEN'))
    const result = unlessDelisted(answered, settings)
    if (result.kind === 'unknown-symbol') return refuse(symbol, unknown.missing(keyOf(name), result.code))
    if (result.kind === 'quote') unknown.found(keyOf(name))
    return result
  }

  return Object.freeze({
    name: source.name,
    enabled,
    apiKeyConfigured: source.apiKeyConfigured,
    canQuote: (symbol: string) => {
      const name = nameOf(symbol)
      return typeof name === 'string' || name.code !== 'NOT_OFFERED'
    },
    async fetchQuotes(symbols: readonly string[], options: FetchQuotesOptions) {
      if (!enabled) return symbols.map((symbol) => refuse(symbol, failed('PROVIDER_DISABLED')))
      const plan = planQuestions(symbols, { nameOf, recall: unknown.recall, batchSize: source.batchSize })
      const answers = await runBatches(plan.batches, (batch) => askBatch(batch, options), concurrency)
      return plan.resultsOf(answers.flat())
    },
    readLimits: gate.read,
    refreshLimits: gate.refresh,
  })
}

/** A quote, unless its price is so old that the instrument cannot be traded any more. */
function unlessDelisted(result: QuoteResult, { delistedAfterMs, clock }: ProviderSettings): QuoteResult {
  if (result.kind !== 'quote' || delistedAfterMs === null) return result
  if (result.quote.eventTime >= clock.now() - delistedAfterMs) return result
  return refuse(result.symbol, unknownSymbol('DELISTED'))
}

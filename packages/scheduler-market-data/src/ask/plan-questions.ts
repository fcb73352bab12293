import { cut } from '../lists.ts'
import {
  type FetchRefusal,
  failed,
  type QuoteResult,
  refuse,
  type UnknownSymbolRefusal,
} from '../quote/quote-result.ts'
import type { AskedSymbol } from './quote-source.ts'

export interface PlanContext {
  /** The provider's name of a symbol, or why it is not asked. */
  readonly nameOf: (symbol: string) => string | FetchRefusal
  /** Why the name with this key is not asked for now; `null` when it is. */
  readonly recall: (key: string) => UnknownSymbolRefusal | null
  readonly batchSize: number
}

export interface QuestionPlan {
  /** The lists of symbols to ask for. No name occurs twice, whatever its case. */
  readonly batches: readonly (readonly AskedSymbol[])[]
  /** The result of every symbol of the list, in its order, from the results of the symbols asked for. */
  resultsOf(answers: readonly QuoteResult[]): readonly QuoteResult[]
}

/**
 * Plans what to ask a provider for. Symbols with one name, such as `VOD.L` and `vod.l`, are asked for once and share the
 * result.
 */
export function planQuestions(symbols: readonly string[], context: PlanContext): QuestionPlan {
  const { nameOf, recall, batchSize } = context
  const asked: AskedSymbol[] = []
  const places = new Map<string, number>()
  const planned = symbols.map((symbol) => {
    const name = nameOf(symbol)
    if (typeof name !== 'string') return { symbol, refusal: name }
    const key = keyOf(name)
    const refusal = recall(key)
    if (refusal !== null) return { symbol, refusal }
    const place = places.get(key) ?? asked.push({ symbol, name }) - 1
    places.set(key, place)
    return { symbol, place }
  })
  return {
    batches: cut(asked, batchSize),
    resultsOf: (answers) =>
      planned.map(({ symbol, refusal, place }) =>
        refusal === undefined ? shared(symbol, answers[place]) : refuse(symbol, refusal),
      ),
  }
}

/** Names that differ only in case are one. */
export function keyOf(name: string): string {
  return name.toUpperCase()
}

/** The result of one spelling as that of another. */
function shared(symbol: string, result: QuoteResult | undefined): QuoteResult {
  if (result === undefined) return refuse(symbol, failed('PROVIDER_BROKEN'))
  if (result.symbol === symbol) return result
  if (result.kind !== 'quote') return { ...result, symbol }
  return { ...result, symbol, quote: Object.freeze({ ...result.quote, symbol }) }
}

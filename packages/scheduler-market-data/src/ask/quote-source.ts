import type { EpochMs } from '@pm/scheduler-core'

import type { HttpOutcome } from '../http/send-request.ts'
import type { GatedRequest, GateRefusal } from '../limits/gate.ts'
import type { FetchQuotesOptions } from '../provider.ts'
import type { QuoteCandidate } from '../quote/check-quote.ts'
import type { FetchRefusal, QuoteResult } from '../quote/quote-result.ts'

/** What differs from one provider to the next. `createQuoteProvider` makes a provider of it. */
export interface QuoteSource {
  /** The name in metrics and results, such as `yahoo_finance`. */
  readonly name: string
  /** How many symbols one request asks for. */
  readonly batchSize: number
  /** Whether an API key is configured; `null` for a provider that needs none. */
  readonly apiKeyConfigured: boolean | null
  /**
   * The provider's name of a symbol, or why it is not asked: `NOT_OFFERED` for an instrument that it does not have. The
   * option `symbolOf` of the host comes first.
   */
  nameOf(symbol: string): string | FetchRefusal
  /** Why this symbol is not asked for after all, such as `CURRENCY_MISSING` (default it is). */
  refuse?(asked: AskedSymbol): FetchRefusal | null
  /**
   * Asks for symbols whose names are distinct. Resolves with one result per symbol, in their order, or with the refusal
   * that concerns them all. Reports each request to `onCall`. What it throws is a mistake of its code: it is reported,
   * and the symbols have `PROVIDER_BROKEN`.
   */
  ask(asked: readonly AskedSymbol[], tools: AskTools): Promise<readonly QuoteResult[] | FetchRefusal>
}

export interface AskedSymbol {
  /** In the host's spelling. */
  readonly symbol: string
  /** In the provider's spelling. */
  readonly name: string
}

export interface AskTools extends Pick<FetchQuotesOptions, 'signal' | 'onCall'> {
  /**
   * Sends one request, as quota and pace allow. Returns the answer, the failure, or why nothing was sent. Rejects only
   * for a URL or header that nobody can send.
   */
  send(request: Pick<GatedRequest, 'url' | 'init' | 'readsBody'>): Promise<HttpOutcome | GateRefusal>
  /** The wall clock, in whole milliseconds. */
  now(): EpochMs
  /** Makes a quote of an answer about this symbol, or the refusal with the code of what is wrong with it. */
  check(candidate: QuoteCandidate, symbol: string): QuoteResult
}

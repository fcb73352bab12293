import { refusalOfStatus } from '../http/refusal-of-status.ts'
import type { HttpAnswer, HttpFailure } from '../http/send-request.ts'
import { callOutcome, type QuoteCall } from '../provider.ts'
import { type FetchRefusal, failed, type QuoteResult } from '../quote/quote-result.ts'
import type { AskedSymbol, AskTools, QuoteSource } from './quote-source.ts'

export interface OneRequest {
  /** The name of the provider. */
  readonly name: string
  /** The request for these symbols. */
  request(asked: readonly AskedSymbol[]): { readonly url: string; readonly init?: RequestInit }
  /** Reads the body of an answer whose status is of the 200s: one result per symbol, or what concerns them all. */
  read(text: string, asked: readonly AskedSymbol[], tools: AskTools): readonly QuoteResult[] | FetchRefusal
}

/** The `ask` of a provider that needs one request for a list of symbols, and no sign-in. */
export function askOnce({ name, request, read }: OneRequest): QuoteSource['ask'] {
  return async (asked, tools) => {
    const outcome = await tools.send(request(asked))
    if (outcome.kind === 'refused') return outcome.refusal
    let counted: QuoteCall['outcome'] = 'failed'
    try {
      const results = outcome.kind === 'answer' ? readAnswer(outcome) : failed(outcome.code)
      counted = callOutcome('kind' in results ? [results] : results)
      return results
    } finally {
      tools.onCall(callOf(name, outcome, counted))
    }

    function readAnswer({ status, headers, text }: HttpAnswer) {
      return refusalOfStatus(status, headers, tools.now()) ?? read(text, asked, tools)
    }
  }
}

/** A request as it is reported. */
export function callOf(provider: string, outcome: HttpAnswer | HttpFailure, counted: QuoteCall['outcome']): QuoteCall {
  const answered = outcome.kind === 'answer' || outcome.answered
  return { provider, outcome: counted, answered, durationMs: outcome.durationMs }
}

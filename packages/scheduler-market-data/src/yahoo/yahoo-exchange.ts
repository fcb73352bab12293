import type { HttpOutcome } from '../http/send-request.ts'
import type { Gate } from '../limits/gate.ts'
import { callOutcome, type FetchQuotesOptions, type QuoteCall } from '../provider.ts'
import type { FetchRefusal, QuoteResult } from '../quote/quote-result.ts'
import { judgeQuotes, judgeStep, outcomeOf } from './judge-answer.ts'
import type { ReadQuotesContext } from './read-quotes.ts'
import type { SendStep } from './sign-in.ts'
import { quotesRequest, type YahooRequest } from './yahoo-requests.ts'
import type { YahooSession } from './yahoo-session.ts'

export interface YahooExchangeInput extends FetchQuotesOptions {
  readonly symbols: readonly string[]
  readonly session: YahooSession
  readonly gate: Gate
  /** The context in which to read an answer. A function, since the context contains the time of the answer. */
  readonly context: () => ReadQuotesContext
}

export interface YahooExchange {
  /** One result for each symbol, or the refusal that concerns them all. */
  readonly results: readonly QuoteResult[] | FetchRefusal
  /** Whether it included a sign-in. */
  readonly signedIn: boolean
}

/**
 * Asks Yahoo for one list of symbols: first the requests of a sign-in if one is needed, then the request for quotes.
 * Each is reported as a call; a call of the sign-in succeeds when it gives a cookie or a crumb. A session that Yahoo
 * refuses is forgotten. Never rejects.
 */
export async function askYahoo(input: YahooExchangeInput): Promise<YahooExchange> {
  const { session, symbols, gate, signal, onCall, context } = input

  const send = ({ step, url, init }: YahooRequest) =>
    gate.send({ url: url.href, init, signal, readsBody: step !== 'page' })

  const report = (outcome: HttpOutcome, counted: QuoteCall['outcome']) => {
    const answered = outcome.kind === 'answer' || outcome.answered
    onCall({ provider: context().provider, outcome: counted, answered, durationMs: outcome.durationMs })
  }

  const sendStep: SendStep = async (request) => {
    const outcome = await send(request)
    if (outcome.kind === 'refused') return outcome.refusal
    const judgement = judgeStep(request, outcome, context().now)
    report(outcome, outcomeOf(judgement))
    return judgement.kind === 'stop' ? judgement.refusal : judgement.answer
  }

  const entered = await session.enter(sendStep, signal)
  if (entered.kind !== 'entered') return { results: entered, signedIn: true }
  const { session: held, signedIn } = entered
  const request = quotesRequest(symbols, held)
  const outcome = await send(request)
  if (outcome.kind === 'refused') return { results: outcome.refusal, signedIn }
  if (outcome.kind === 'answer') held.cookies.keep(request.url, outcome.headers)
  const results = judgeQuotes(outcome, symbols, context())
  report(outcome, callOutcome('kind' in results ? [results] : results))
  if ('kind' in results && results.code === 'ACCESS_DENIED') session.forget(held)
  return { results, signedIn }
}

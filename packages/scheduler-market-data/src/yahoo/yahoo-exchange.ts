import type { Gate } from '../limits/gate.ts'
import type { FetchQuotesOptions } from '../provider.ts'
import { type FetchRefusal, failed, type QuoteResult } from '../quote/quote-result.ts'
import { judgeAnswer, outcomeOf, stepAt } from './judge-answer.ts'
import type { ReadQuotesContext } from './read-quotes.ts'
import { emptyQuoteAnswer, type YahooSession } from './yahoo-session.ts'

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
 * Each is reported as a call; a call of the sign-in succeeds when it gives a cookie or a crumb. Never rejects.
 */
export async function askYahoo(input: YahooExchangeInput): Promise<YahooExchange> {
  const { session, symbols, gate, signal, onCall } = input
  let results: readonly QuoteResult[] | FetchRefusal = failed('HANDSHAKE_FAILED')
  let signedIn = false

  const stop = (refusal: FetchRefusal): never => {
    results = refusal
    throw new Error(`Stopped: ${refusal.code}`)
  }

  const send = async (target: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(target instanceof Request ? target.url : target)
    const step = stepAt(url)
    if (step === null) return stop(failed('REDIRECT_REFUSED'))
    signedIn ||= step !== 'quotes'
    const outcome = await gate.send({ url: url.href, init, signal, readsBody: step !== 'page' })
    if (outcome.kind === 'refused') return stop(outcome.refusal)

    const context = input.context()
    const hadCookies = new Headers(init.headers).has('cookie')
    const judgement = judgeAnswer(step, outcome, { ...context, symbols, hadCookies })
    const answered = outcome.kind === 'answer' || outcome.answered
    onCall({ provider: context.provider, outcome: outcomeOf(judgement), answered, durationMs: outcome.durationMs })
    if (judgement.kind === 'stop') return stop(judgement.refusal)
    if (judgement.kind === 'pass-on') return judgement.response
    results = judgement.results
    return emptyQuoteAnswer()
  }

  // Ignored: the reason is in `results` already, or it is the client's error for a sign-in without a cookie.
  await session.ask(symbols, send).catch(() => {})
  return { results, signedIn }
}

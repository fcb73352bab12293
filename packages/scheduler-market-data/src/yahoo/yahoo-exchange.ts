import { callOf } from '../ask/ask-once.ts'
import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import type { HttpOutcome } from '../http/send-request.ts'
import { callOutcome, type QuoteCall } from '../provider.ts'
import type { FetchRefusal, QuoteResult } from '../quote/quote-result.ts'
import { judgeQuotes, judgeStep, outcomeOf } from './judge-answer.ts'
import type { SendStep } from './sign-in.ts'
import { quotesRequest, type YahooRequest } from './yahoo-requests.ts'
import type { YahooSession } from './yahoo-session.ts'

export interface YahooExchangeInput {
  /** The name of the provider. */
  readonly name: string
  readonly asked: readonly AskedSymbol[]
  readonly session: YahooSession
  readonly tools: AskTools
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
 * refuses is forgotten. Rejects only for a mistake of its own code.
 */
export async function askYahoo({ name, session, asked, tools }: YahooExchangeInput): Promise<YahooExchange> {
  const send = ({ step, url, init }: YahooRequest) => tools.send({ url: url.href, init, readsBody: step !== 'page' })

  const report = (outcome: HttpOutcome, counted: QuoteCall['outcome']) => tools.onCall(callOf(name, outcome, counted))

  const sendStep: SendStep = async (request) => {
    const outcome = await send(request)
    if (outcome.kind === 'refused') return outcome.refusal
    const judgement = judgeStep(request, outcome, tools.now())
    report(outcome, outcomeOf(judgement))
    return judgement.kind === 'stop' ? judgement.refusal : judgement.answer
  }

  const entered = await session.enter(sendStep, tools.signal)
  if (entered.kind !== 'entered') return { results: entered, signedIn: true }
  const { session: held, signedIn } = entered
  const request = quotesRequest(
    asked.map(({ name }) => name),
    held,
  )
  const outcome = await send(request)
  if (outcome.kind === 'refused') return { results: outcome.refusal, signedIn }
  if (outcome.kind === 'answer') held.cookies.keep(request.url, outcome.headers)
  const results = judgeQuotes(outcome, asked, tools)
  report(outcome, callOutcome('kind' in results ? [results] : results))
  if ('kind' in results && results.code === 'ACCESS_DENIED') session.forget(held)
  return { results, signedIn }
}

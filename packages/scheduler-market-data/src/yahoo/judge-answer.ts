import type { EpochMs } from '@pm/scheduler-core'

import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import { refusalOfStatus } from '../http/refusal-of-status.ts'
import type { HttpAnswer, HttpOutcome } from '../http/send-request.ts'
import type { QuoteCall } from '../provider.ts'
import { type FetchRefusal, failed, type QuoteResult } from '../quote/quote-result.ts'
import { readQuotes } from './read-quotes.ts'
import type { YahooRequest } from './yahoo-requests.ts'

/** What an answer means for the sign-in that it belongs to. */
export type Judgement =
  | { readonly kind: 'stop'; readonly refusal: FetchRefusal }
  /** The sign-in goes on. `useful` when the answer gave a cookie, a crumb or the next page. */
  | { readonly kind: 'go-on'; readonly answer: HttpAnswer; readonly useful: boolean }

/** Judges the answer to a request of the sign-in. */
export function judgeStep({ step, init }: YahooRequest, outcome: HttpOutcome, now: EpochMs): Judgement {
  if (outcome.kind === 'no-answer') return stop(failed(outcome.code))
  const refusal = refusalOfStatus(outcome.status, outcome.headers, now)
  if (step === 'crumb') {
    if (refusal !== null) return stop(refusal)
    return CRUMB.test(outcome.text) ? goOn(outcome, true) : stop(failed('HANDSHAKE_FAILED'))
  }
  // Of a page only its cookies matter; it may also redirect or answer 404.
  const isDown = refusal?.kind === 'rate-limited' || refusal?.code === 'HTTP_SERVER_ERROR'
  if (isDown) return stop(refusal)
  return goOn(outcome, isUseful(outcome, step === 'consent' || new Headers(init.headers).has('cookie')))
}

/** Judges the answer to the request for quotes: one result for each symbol, or the refusal that concerns them all. */
export function judgeQuotes(
  outcome: HttpOutcome,
  asked: readonly AskedSymbol[],
  tools: Pick<AskTools, 'now' | 'check'>,
): readonly QuoteResult[] | FetchRefusal {
  if (outcome.kind === 'no-answer') return failed(outcome.code)
  return refusalOfStatus(outcome.status, outcome.headers, tools.now()) ?? readQuotes(outcome.text, asked, tools)
}

/** How a request of the sign-in is counted as a call. */
export function outcomeOf(judgement: Judgement): QuoteCall['outcome'] {
  if (judgement.kind === 'go-on') return judgement.useful ? 'succeeded' : 'failed'
  return judgement.refusal.kind === 'rate-limited' ? 'rate_limited' : 'failed'
}

/** A crumb has about a dozen characters without blanks or `<`, unlike HTML or a sentence. */
const CRUMB = /^[\x21-\x3b\x3d-\x7e]{1,64}$/

/** Whether a page set a cookie or redirected to the next page, or merely exists if `presenceIsEnough`. */
function isUseful({ status, headers }: HttpAnswer, presenceIsEnough: boolean): boolean {
  return headers.getSetCookie().length > 0 || headers.has('location') || (presenceIsEnough && status < 300)
}

function stop(refusal: FetchRefusal): Judgement {
  return { kind: 'stop', refusal }
}

function goOn(answer: HttpAnswer, useful: boolean): Judgement {
  return { kind: 'go-on', answer, useful }
}

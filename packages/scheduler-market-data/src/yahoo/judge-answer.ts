import { refusalOfStatus } from '../http/refusal-of-status.ts'
import type { HttpAnswer, HttpOutcome } from '../http/send-request.ts'
import { callOutcome, type QuoteCall } from '../provider.ts'
import { type FetchRefusal, failed, type QuoteResult } from '../quote/quote-result.ts'
import { type ReadQuotesContext, readQuotes } from './read-quotes.ts'

/** The requests that yahoo-finance2 makes: the page that sets cookies, pages of consent, the crumb, the quotes. */
export type Step = 'page' | 'consent' | 'crumb' | 'quotes'

/** The step that a URL belongs to; `null` for a URL that is not Yahoo's or not https, to which a redirect may lead. */
export function stepAt({ protocol, hostname, pathname }: URL): Step | null {
  if (protocol !== 'https:' || !/(^|\.)yahoo\.com$/.test(hostname)) return null
  if (hostname === 'finance.yahoo.com') return 'page'
  if (pathname === '/v7/finance/quote') return 'quotes'
  return pathname === '/v1/test/getcrumb' ? 'crumb' : 'consent'
}

/** What an answer means for its exchange with Yahoo. */
export type Judgement =
  | { readonly kind: 'stop'; readonly refusal: FetchRefusal }
  /** A step of the sign-in: `useful` when it gave a cookie, a crumb or the next page. */
  | { readonly kind: 'pass-on'; readonly response: Response; readonly useful: boolean }
  | { readonly kind: 'quotes'; readonly results: readonly QuoteResult[] }

export interface JudgeContext extends ReadQuotesContext {
  readonly symbols: readonly string[]
  /** Whether the request carried cookies, so that its answer need not set any. */
  readonly hadCookies: boolean
}

export function judgeAnswer(step: Step, outcome: HttpOutcome, context: JudgeContext): Judgement {
  if (outcome.kind === 'no-answer') return stop(failed(outcome.code))
  const refusal = refusalOfStatus(outcome.status, outcome.headers, context.now)
  switch (step) {
    case 'quotes': {
      const results = refusal ?? readQuotes(outcome.text, context.symbols, context)
      return 'kind' in results ? stop(results) : { kind: 'quotes', results }
    }
    case 'crumb':
      if (refusal !== null) return stop(refusal)
      return CRUMB.test(outcome.text) ? passOn(outcome, true) : stop(failed('HANDSHAKE_FAILED'))
    case 'page':
    case 'consent': {
      // Only its cookies matter; it may also redirect or answer 404.
      const isDown = refusal?.kind === 'rate-limited' || refusal?.code === 'HTTP_SERVER_ERROR'
      return isDown ? stop(refusal) : passOn(outcome, isUseful(outcome, step === 'consent' || context.hadCookies))
    }
  }
}

/** How the request of this answer is counted as a call. */
export function outcomeOf(judgement: Judgement): QuoteCall['outcome'] {
  switch (judgement.kind) {
    case 'quotes':
      return callOutcome(judgement.results)
    case 'stop':
      return callOutcome([judgement.refusal])
    case 'pass-on':
      return judgement.useful ? 'succeeded' : 'failed'
  }
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

/** A new response for yahoo-finance2, since the body of the original has been read. */
function passOn({ status, headers, text }: HttpAnswer, useful: boolean): Judgement {
  return { kind: 'pass-on', response: new Response(text === '' ? null : text, { status, headers }), useful }
}

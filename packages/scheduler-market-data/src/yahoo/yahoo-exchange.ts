import { refusalOfStatus } from '../http/refusal-of-status.ts'
import type { HttpAnswer, HttpOutcome } from '../http/send-request.ts'
import type { Gate } from '../limits/gate.ts'
import { callOutcome, type FetchQuotesOptions, type QuoteCall } from '../provider.ts'
import { failed, type QuoteResult, type Refusal } from '../quote/quote-result.ts'
import { type ReadQuotesContext, readQuotes } from './read-quotes.ts'
import { emptyQuoteAnswer, type YahooSession } from './yahoo-session.ts'

export interface YahooExchangeInput extends FetchQuotesOptions {
  readonly symbols: readonly string[]
  readonly session: YahooSession
  readonly gate: Gate
  /** What an answer is read in; asked for when the answer is there, since it holds the time. */
  readonly context: () => ReadQuotesContext
}

export interface YahooExchange {
  /** One result for each symbol, or the refusal that concerns them all. */
  readonly results: readonly QuoteResult[] | Refusal
  /** Whether a sign-in was part of it. */
  readonly signedIn: boolean
}

/**
 * Asks Yahoo for one list of symbols: the requests of a sign-in where one is needed, then the one for the quotes. Each
 * is reported as a call; that of a sign-in has succeeded when a cookie or a crumb came out of it. Never rejects.
 */
export async function askYahoo(input: YahooExchangeInput): Promise<YahooExchange> {
  const { session, symbols, gate, signal, onCall } = input
  let results: readonly QuoteResult[] | Refusal = failed('HANDSHAKE_FAILED')
  let signedIn = false

  const stop = (refusal: Refusal): never => {
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
    const judgement = judge(step, outcome, { symbols, context })
    onCall({ provider: context.provider, ...callOf(judgement, outcome) })
    if (judgement.kind === 'stop') return stop(judgement.refusal)
    if (judgement.kind === 'pass-on') return judgement.response
    results = judgement.results
    return emptyQuoteAnswer()
  }

  // What it rejects with is in `results` already, or is its complaint about a sign-in without a cookie.
  await session.ask(symbols, send).catch(() => {})
  return { results, signedIn }
}

/** The requests that yahoo-finance2 makes: the page that sets cookies, pages of consent, the crumb, the quotes. */
type Step = 'page' | 'consent' | 'crumb' | 'quotes'

/** `null` for what is not Yahoo: a page of consent is where a redirect leads, and that is the provider's to say. */
function stepAt({ protocol, hostname, pathname }: URL): Step | null {
  if (protocol !== 'https:' || !/(^|\.)yahoo\.com$/.test(hostname)) return null
  if (hostname === 'finance.yahoo.com') return 'page'
  if (pathname === '/v7/finance/quote') return 'quotes'
  return pathname === '/v1/test/getcrumb' ? 'crumb' : 'consent'
}

type Judgement =
  | { readonly kind: 'stop'; readonly refusal: Refusal }
  | { readonly kind: 'pass-on'; readonly response: Response; readonly useful: boolean }
  | { readonly kind: 'quotes'; readonly results: readonly QuoteResult[] }

interface JudgeInput {
  readonly symbols: readonly string[]
  readonly context: ReadQuotesContext
}

function judge(step: Step, outcome: HttpOutcome, { symbols, context }: JudgeInput): Judgement {
  if (outcome.kind === 'no-answer') return { kind: 'stop', refusal: failed(outcome.code) }
  const refusal = refusalOfStatus(outcome.status, outcome.headers, context.now)
  if (step === 'quotes') {
    const results = refusal ?? readQuotes(outcome.text, symbols, context)
    return 'kind' in results ? { kind: 'stop', refusal: results } : { kind: 'quotes', results }
  }
  if (step === 'crumb') {
    if (refusal !== null) return { kind: 'stop', refusal }
    if (!CRUMB.test(outcome.text)) return { kind: 'stop', refusal: failed('HANDSHAKE_FAILED') }
    return { kind: 'pass-on', response: responseOf(outcome), useful: true }
  }
  // The page may redirect, or not be found: its cookies are what counts.
  if (refusal?.kind === 'rate-limited' || outcome.status >= 500) {
    return { kind: 'stop', refusal: refusal ?? failed('HTTP_SERVER_ERROR') }
  }
  const useful = outcome.headers.getSetCookie().length > 0 || outcome.headers.has('location') || outcome.status < 300
  return { kind: 'pass-on', response: responseOf(outcome), useful }
}

/** Some dozen characters; a page of HTML or a sentence is not one. */
const CRUMB = /^[\x21-\x3b\x3d-\x7e]{1,64}$/

function callOf(judgement: Judgement, outcome: HttpOutcome): Omit<QuoteCall, 'provider'> {
  const answered = outcome.kind === 'answer' || outcome.answered
  return { outcome: outcomeOf(judgement), answered, durationMs: outcome.durationMs }
}

function outcomeOf(judgement: Judgement): QuoteCall['outcome'] {
  switch (judgement.kind) {
    case 'quotes':
      return callOutcome(judgement.results)
    case 'stop':
      return callOutcome([judgement.refusal])
    case 'pass-on':
      return judgement.useful ? 'succeeded' : 'failed'
  }
}

/** The answer as yahoo-finance2 wants to read it, whose body has been read already. */
function responseOf({ status, headers, text }: HttpAnswer): Response {
  return new Response(text === '' ? null : text, { status, headers })
}

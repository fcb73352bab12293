import YahooFinance from 'yahoo-finance2'
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'

import type { Fetch } from '../http/send-request.ts'

/**
 * Our session with Yahoo: yahoo-finance2 signs in (cookie, consent, crumb), keeps that, and builds the requests.
 *
 * Only its way of asking is used. What it would answer is not: it turns `"12 apples"` into 12, refuses a whole list for
 * one odd entry, and prints what it dislikes, URL and crumb included. So its `fetch` hands the quotes to us as
 * they come, and an empty list to it.
 */
export interface YahooSession {
  /** Sends what it takes to ask for the symbols through `send`; rejects with what that throws, or for a failed sign-in. */
  ask(symbols: readonly string[], send: Fetch): Promise<void>
  /** Forgets the cookie and the crumb: the next request signs in anew. */
  forget(): void
}

export function createYahooSession(): YahooSession {
  let client = createClient()
  return {
    async ask(symbols, send) {
      await client.quote([...symbols], {}, { fetch: send, validateResult: false })
    },
    forget() {
      client = createClient()
    },
  }
}

/** The class, which CommonJS wraps once more: a build of this package for `require` finds it under `default`. */
const Client = 'default' in YahooFinance ? (YahooFinance.default as typeof YahooFinance) : YahooFinance

function createClient() {
  return new Client({
    // The default jar belongs to the module: all clients of the process would share one session.
    cookieJar: new ExtendedCookieJar(),
    logger: SILENT,
    suppressNotices: ['yahooSurvey'],
    validation: { logErrors: false, logOptionsErrors: false },
    versionCheck: false,
  })
}

const SILENT = { info() {}, warn() {}, error() {}, debug() {}, dir() {} }

/** The answer that keeps the client content. */
export function emptyQuoteAnswer(): Response {
  return Response.json({ quoteResponse: { result: [], error: null } })
}

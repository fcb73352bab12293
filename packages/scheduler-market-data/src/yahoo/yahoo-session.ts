import YahooFinance from 'yahoo-finance2'
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'

import type { Fetch } from '../http/send-request.ts'

/**
 * A session with Yahoo. yahoo-finance2 signs in (cookie, consent, crumb), keeps the session and builds the requests.
 *
 * We use only its requests, not its results: it turns `"12 apples"` into 12, refuses a whole list for one odd entry,
 * and prints answers that it rejects, with URL and crumb. So our `fetch` keeps the quotes for us and returns an empty
 * list to yahoo-finance2.
 */
export interface YahooSession {
  /** Sends all requests for these symbols through `send`. Rejects when `send` throws or the sign-in fails. */
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

/** The class of the client. In a CommonJS build of this package it is under `default`. */
const Client = 'default' in YahooFinance ? (YahooFinance.default as typeof YahooFinance) : YahooFinance

function createClient() {
  return new Client({
    // The default cookie jar belongs to the module, so that all clients of the process would share one session.
    cookieJar: new ExtendedCookieJar(),
    logger: SILENT,
    suppressNotices: ['yahooSurvey'],
    validation: { logErrors: false, logOptionsErrors: false },
    versionCheck: false,
  })
}

const SILENT = { info() {}, warn() {}, error() {}, debug() {}, dir() {} }

/** An empty answer that the client accepts. */
export function emptyQuoteAnswer(): Response {
  return Response.json({ quoteResponse: { result: [], error: null } })
}

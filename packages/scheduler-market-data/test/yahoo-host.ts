import type { IncomingMessage, ServerResponse } from 'node:http'

import { answers, type Behaviour } from './misbehaving-server.ts'

/** A well-behaved Yahoo sign-in, with `quotes` answering the requests for quotes. */
export function yahooHost(quotes: Behaviour, { page = PAGE, crumb = CRUMB }: YahooHostParts = {}): Behaviour {
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? ''
    if (path.startsWith('/v7/finance/quote')) return quotes(request, response)
    if (path.startsWith('/v1/test/getcrumb')) return crumb(request, response)
    return page(request, response)
  }
}

export interface YahooHostParts {
  readonly page?: Behaviour
  readonly crumb?: Behaviour
}

/** An answer with these entries, unchanged. */
export function yahooQuotes(...result: unknown[]): Behaviour {
  return answers(200, { quoteResponse: { result, error: null } })
}

/** One entry as Yahoo sends it, with the fields that matter here. */
export function yahooEntry(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    language: 'en-US',
    quoteType: 'EQUITY',
    currency: 'USD',
    symbol: 'AAPL',
    longName: 'Apple Inc.',
    regularMarketPrice: 189.5,
    regularMarketPreviousClose: 188.1,
    regularMarketTime: 1_757_966_400,
    ...fields,
  }
}

export const PAGE: Behaviour = answers(200, '<html></html>', {
  'content-type': 'text/html',
  'set-cookie': 'A3=d=1; Max-Age=31557600; Domain=.yahoo.com; Path=/; Secure; HttpOnly',
})

export const CRUMB: Behaviour = answers(200, 'a1B2.c3D4/e5', { 'content-type': 'text/plain' })

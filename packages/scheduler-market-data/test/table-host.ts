/** A host of quotes in memory that counts what it is asked for, in the form of a `fetch`. */
export interface TableHost {
  readonly fetch: typeof globalThis.fetch
  /** The symbols of each request for quotes. */
  readonly asked: readonly (readonly string[])[]
  /** The most requests that were under way at once. */
  readonly mostAtOnce: number
}

export type Answer = (names: readonly string[], request: number) => Response | Promise<Response>

/** Answers Yahoo's sign-in, and its requests for quotes by `answer`. */
export function yahooTable(answer: Answer): TableHost {
  return tableHost(answer, (url) => {
    if (url.pathname.startsWith('/quote/')) {
      return new Response('<html></html>', { headers: { 'set-cookie': 'A3=d=1; Domain=.yahoo.com; Path=/' } })
    }
    return url.pathname === '/v1/test/getcrumb' ? new Response('a1B2') : null
  })
}

/** Answers the requests of a provider without a sign-in. */
export function tableHost(answer: Answer, other: (url: URL) => Response | null = () => null): TableHost {
  const asked: (readonly string[])[] = []
  let atOnce = 0
  let mostAtOnce = 0
  return {
    asked,
    get mostAtOnce() {
      return mostAtOnce
    },
    async fetch(input) {
      const url = new URL(input instanceof Request ? input.url : input)
      const answered = other(url)
      if (answered !== null) return answered
      const names = (url.searchParams.get('symbols') ?? url.searchParams.get('symbol') ?? '').split(',')
      asked.push(names)
      atOnce++
      mostAtOnce = Math.max(mostAtOnce, atOnce)
      try {
        return await answer(names, asked.length - 1)
      } finally {
        atOnce--
      }
    },
  }
}

/** Yahoo's answer with these entries. */
export function yahooAnswer(entries: readonly unknown[]): Response {
  return Response.json({ quoteResponse: { result: entries, error: null } })
}

/** Alpha Vantage's answer about a symbol; `null` for one that it does not know. */
export function alphaVantageAnswer(fields: Readonly<Record<string, unknown>> | null): Response {
  const quote = fields && { '05. price': '189.5', '07. latest trading day': '2025-09-15', ...fields }
  return Response.json({ 'Global Quote': quote ?? {} })
}

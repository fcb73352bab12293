/** What a request to Yahoo consists of, apart from the name of who asks. */
export interface Asked {
  readonly request: string
  readonly headers: Readonly<Record<string, string>>
  readonly form: readonly (readonly [string, string])[] | null
}

/** Answers by `METHOD host/path`, the last one of a list for ever. */
export type Script = Readonly<Record<string, readonly (() => Response)[]>>

/** A fetch that answers by a script, and records what it was asked. */
export function recordYahoo(script: Script): { readonly fetch: typeof globalThis.fetch; readonly asked: Asked[] } {
  const asked: Asked[] = []
  const times = new Map<string, number>()
  return {
    asked,
    async fetch(input, init) {
      const request = new Request(input, init)
      const { hostname, pathname, search } = new URL(request.url)
      const key = `${request.method} ${hostname}${pathname}`
      const body = await request.text()
      asked.push({
        request: `${key}${search}`,
        headers: headersOf(init),
        form: body === '' ? null : [...new URLSearchParams(body)],
      })
      const time = times.get(key) ?? 0
      times.set(key, time + 1)
      const answers = script[key] ?? []
      return (answers[time] ?? answers.at(-1))?.() ?? new Response(null, { status: 404 })
    },
  }
}

/** As the client gave them, since a `Request` adds some of its own. A client without a cookie may send an empty one. */
function headersOf(init: RequestInit | undefined): Record<string, string> {
  const headers = [...new Headers(init?.headers)].filter(([name, value]) => name !== 'user-agent' && value !== '')
  return Object.fromEntries(headers)
}

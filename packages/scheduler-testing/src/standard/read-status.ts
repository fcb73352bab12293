export interface ReadStatusOptions {
  /** Headers of the request, such as those for authorization (default none). */
  readonly headers?: Readonly<Record<string, string>>
  /** The function that sends the request (default the host's own `fetch`). */
  readonly fetch?: typeof fetch
}

/** Reads a status endpoint, whoever wrote it, for `expectStandardMetrics`. Throws unless it answers 200 and JSON. */
export async function readStatus(url: string | URL, options: ReadStatusOptions = {}): Promise<unknown> {
  const { headers = {}, fetch: get = fetch } = options
  const answer = await get(url, { headers })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}: ${text.slice(0, 200)}`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${url} answers 200 and no JSON: ${text.slice(0, 200)}`, { cause })
  }
}

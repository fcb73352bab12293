import type { CheckedClientOptions } from './client-options.ts'
import { StatusClientError, toClientError } from './status-client-error.ts'

/** The requests of one view. */
export interface Transport {
  /** The JSON of the route's response. Rejects with a `StatusClientError`. */
  json<T>(path: string, asked?: Asked): Promise<T>
  /** The response as it is, once its headers have come. */
  send(path: string, asked?: Asked): Promise<Response>
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly query?: Query
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** How long the answer may take (default the client's `timeoutMs`). */
  readonly timeoutMs?: number
  /** Ends the request, its body included. */
  readonly signal?: AbortSignal
}

export type Query = Readonly<Record<string, string | number | undefined>>

export function createTransport(mount: string, options: CheckedClientOptions): Transport {
  const { baseUrl, clock } = options
  const base = baseUrl + mount.replace(/\/+$/, '')

  async function send(path: string, asked: Asked = {}): Promise<Response> {
    const { timeoutMs = options.timeoutMs } = asked
    const ended = new AbortController()
    const end = () => ended.abort(asked.signal?.reason)
    if (asked.signal?.aborted) end()
    asked.signal?.addEventListener('abort', end, { once: true })
    const timer = clock.setTimer(() => ended.abort(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs)
    try {
      const init = await initOf(asked, options)
      return await options.fetch(base + path + queryOf(asked.query), { ...init, signal: ended.signal })
    } catch (cause) {
      throw new StatusClientError('UNREACHABLE', { message: 'The server could not be reached.', cause })
    } finally {
      timer.cancel()
    }
  }

  return {
    send,
    async json(path, asked) {
      const response = await send(path, asked)
      if (!response.ok) throw await toClientError(response)
      return readJson(response)
    },
  }
}

/** The JSON of a response of this library. */
export async function readJson<T>(response: Response): Promise<T> {
  try {
    if (!response.headers.get('content-type')?.startsWith('application/json'))
      throw new Error('The answer is not JSON.')
    return (await response.json()) as T
  } catch (cause) {
    const { status } = response
    throw new StatusClientError('UNEXPECTED_ANSWER', { message: 'The answer cannot be read.', status, cause })
  }
}

async function initOf({ method = 'GET', body, headers }: Asked, options: CheckedClientOptions): Promise<RequestInit> {
  const own = typeof options.headers === 'function' ? await options.headers() : options.headers
  return {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...own, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  }
}

function queryOf(query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value))
  return params.size === 0 ? '' : `?${params}`
}

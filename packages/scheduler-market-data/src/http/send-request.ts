import type { Clock } from '@pm/scheduler-core'

import type { FailureCode } from '../quote/quote-result.ts'
import { readBody } from './read-body.ts'

export type Fetch = typeof globalThis.fetch

export interface HttpRequest {
  readonly url: string
  readonly init?: RequestInit
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Time limit from sending the request to the last byte of the answer. */
  readonly timeoutMs: number
  /** The longest answer, after decompression. A longer one is cut off. */
  readonly maxBytes: number
  /** Whether to read the body (default true). `false` for answers of which only the headers matter. */
  readonly readsBody?: boolean
}

export type HttpOutcome = HttpAnswer | HttpFailure

export interface HttpAnswer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly durationMs: number
}

export interface HttpFailure {
  readonly kind: 'no-answer'
  readonly code: Extract<FailureCode, 'TIMEOUT' | 'CONNECTION_FAILED' | 'ABORTED' | 'BODY_TOO_LARGE'>
  /** Whether the server had answered: true only for an answer that was too large. */
  readonly answered: boolean
  readonly durationMs: number
}

/**
 * Sends one request and reads its answer within limits of time and size. Never follows a redirect. Returns no text of an
 * error of the network, since it can contain the URL and with it a key. Rejects only for a URL or header that nobody can
 * send, which is a mistake of the caller.
 */
export async function sendRequest(request: HttpRequest): Promise<HttpOutcome> {
  const { clock, signal, timeoutMs } = request
  const startedAt = clock.monotonic()
  const durationMs = () => clock.monotonic() - startedAt
  if (signal.aborted) return { kind: 'no-answer', code: 'ABORTED', answered: false, durationMs: 0 }

  const controller = new AbortController()
  const { promise: ended, resolve: end } = Promise.withResolvers<'TIMEOUT' | 'ABORTED'>()
  const onAbort = () => end('ABORTED')
  signal.addEventListener('abort', onAbort, { once: true })
  const timer = clock.setTimer(() => end('TIMEOUT'), timeoutMs)
  try {
    // Raced, so that the deadline also holds for a fetch that ignores its signal.
    const result = await Promise.race([exchange(request, controller.signal), ended])
    if (typeof result !== 'string') return { kind: 'answer', ...result, durationMs: durationMs() }
    return { kind: 'no-answer', code: result, answered: result === 'BODY_TOO_LARGE', durationMs: durationMs() }
  } finally {
    timer.cancel()
    signal.removeEventListener('abort', onAbort)
    controller.abort()
  }
}

type Exchanged = Pick<HttpAnswer, 'status' | 'headers' | 'text'> | 'CONNECTION_FAILED' | 'BODY_TOO_LARGE'

async function exchange(request: HttpRequest, signal: AbortSignal): Promise<Exchanged> {
  const { url, init, fetch, maxBytes, readsBody = true } = request
  // Read here, so that a mistake of ours in a URL or a header surfaces as an error, not as a broken connection.
  const { href, headers } = checked(url, init)
  const response = await unlessBroken(() => fetch(href, { ...init, headers, redirect: 'manual', signal }))
  if (response === null) return 'CONNECTION_FAILED'
  const { status, headers: answered, body } = response
  if (!readsBody) {
    body?.cancel().catch(() => {})
    return { status, headers: answered, text: '' }
  }
  const read = await readBody(body, maxBytes, answered.get('content-type'))
  return read.kind === 'text' ? { status, headers: answered, text: read.text } : read.code
}

/** Throws errors without the URL and the value of a header, which may be secret. */
function checked(url: string, init: RequestInit | undefined): { readonly href: string; readonly headers: Headers } {
  const parsed = URL.parse(url)
  if (parsed === null) throw new TypeError('The URL of a request is not valid.')
  try {
    return { href: parsed.href, headers: new Headers(init?.headers) }
  } catch {
    throw new TypeError('A request has a header that cannot be sent.')
  }
}

/** What the network answers; `null` when it fails, in whatever way the host's `fetch` says so. */
async function unlessBroken(send: () => Promise<Response>): Promise<Response | null> {
  try {
    return await send()
  } catch {
    return null
  }
}

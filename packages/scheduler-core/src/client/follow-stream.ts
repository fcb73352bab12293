import type { Clock } from '../clock.ts'
import { parseEvents } from './parse-events.ts'
import { StatusClientError, toClientError } from './status-client-error.ts'
import type { Transport } from './transport.ts'

export interface FollowOptions {
  readonly transport: Transport
  readonly clock: Clock
  readonly signal: AbortSignal
  /** The id of the last event that was seen. */
  readonly lastId: string | null
  /** Called with the data of each event. */
  readonly tell: (data: unknown, id: string) => void
  /** Called when the first bytes have arrived. */
  readonly onLive: () => void
}

/** How a stream ended. `blocked`: no stream gets through, although the server answers. */
export type StreamEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'failed'; readonly error: StatusClientError }

/**
 * The server sends a first comment immediately. A client that receives nothing is behind a proxy that buffers the
 * stream.
 */
const FIRST_BYTES_MS = 5_000
/** Three heartbeats. */
const SILENCE_MS = 45_000

/** Follows one event stream to its end. Never rejects. */
export async function followStream(options: FollowOptions): Promise<StreamEnd> {
  const { transport, clock, signal, lastId, tell, onLive } = options
  const cut = new AbortController()
  const end = () => cut.abort()
  signal.addEventListener('abort', end, { once: true })
  let watchdog = clock.setTimer(() => {}, 0)
  let isConnected = false
  let isLive = false
  const listenFor = (limitMs: number) => {
    watchdog.cancel()
    watchdog = clock.setTimer(end, limitMs)
  }
  try {
    const response = await transport.send('/events', {
      headers: { accept: 'text/event-stream', ...(lastId !== null && { 'last-event-id': lastId }) },
      signal: cut.signal,
    })
    if (!response.ok) return refused(await toClientError(response))
    const { body } = response
    if (body === null || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      return { kind: 'blocked' }
    isConnected = true
    listenFor(FIRST_BYTES_MS)
    for await (const item of parseEvents(body)) {
      listenFor(SILENCE_MS)
      isLive = true
      onLive()
      if (item.kind === 'event') tell(JSON.parse(item.data), item.id)
    }
    return { kind: isLive ? 'ended' : 'blocked' }
  } catch (error) {
    return isConnected && !isLive ? { kind: 'blocked' } : { kind: 'failed', error: toError(error) }
  } finally {
    watchdog.cancel()
    signal.removeEventListener('abort', end)
    cut.abort()
  }
}

/** Without this route, or without room for one more reader, the client can still poll the status. */
function refused(error: StatusClientError): StreamEnd {
  const isBlocked = error.code === 'TOO_MANY_STREAMS' || BLOCKING.has(error.status ?? 0)
  return isBlocked ? { kind: 'blocked' } : { kind: 'failed', error }
}

const BLOCKING: ReadonlySet<number> = new Set([404, 405, 406, 501])

function toError(error: unknown): StatusClientError {
  if (error instanceof StatusClientError) return error
  return new StatusClientError('UNREACHABLE', { message: 'The event stream was interrupted.', cause: error })
}

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
  /** Called when the stream gets through: with its first event, or with its first bytes where an event was seen before. */
  readonly onLive: () => void
}

/** How a stream ended. `blocked`: no stream gets through, although the server answers. */
export type StreamEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'failed'; readonly error: StatusClientError }

/**
 * How long the first bytes may take. The server sends a comment at once, which fills a small buffer. Where none of it
 * arrives in this time, a proxy collects the stream: some hold back even the head.
 */
const FIRST_BYTES_MS = 5_000
/** How long the first event may take, which follows that comment at once: a larger buffer passes on the comment alone. */
const FIRST_EVENT_MS = 10_000
/** Nine heartbeats of the default, as a host may have chosen fewer. */
const SILENCE_MS = 45_000

/** How much of a stream has come. */
interface Arrived {
  isConnected: boolean
  isLive: boolean
  items: number
}

/** Follows one event stream to its end. Never rejects. */
export async function followStream(options: FollowOptions): Promise<StreamEnd> {
  const { transport, clock, signal, lastId } = options
  const cut = new AbortController()
  const end = () => cut.abort()
  signal.addEventListener('abort', end, { once: true })
  const arrived: Arrived = { isConnected: false, isLive: false, items: 0 }
  let watchdog = clock.setTimer(end, FIRST_BYTES_MS)
  const waitFor = (ms: number) => {
    watchdog.cancel()
    watchdog = clock.setTimer(end, ms)
  }
  try {
    const response = await transport.send('/events', {
      headers: { accept: 'text/event-stream', ...(lastId !== null && { 'last-event-id': lastId }) },
      signal: cut.signal,
      // Longer than the first bytes may take, so that it is their limit that ends a stream that is held back.
      timeoutMs: 2 * FIRST_BYTES_MS,
    })
    if (!response.ok) return refused(await toClientError(response))
    const { body } = response
    if (body === null || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      return { kind: 'blocked' }
    arrived.isConnected = true
    await tellItems(body, { ...options, arrived, waitFor })
    return { kind: arrived.isLive ? 'ended' : 'blocked' }
  } catch (error) {
    return isBlocked(arrived, cut.signal) ? { kind: 'blocked' } : { kind: 'failed', error: toError(error) }
  } finally {
    watchdog.cancel()
    signal.removeEventListener('abort', end)
    cut.abort()
  }
}

interface TellOptions extends FollowOptions {
  readonly arrived: Arrived
  /** Ends the stream when nothing more has come in this time. */
  readonly waitFor: (ms: number) => void
}

async function tellItems(body: ReadableStream<Uint8Array>, options: TellOptions): Promise<void> {
  const { lastId, tell, onLive, arrived, waitFor } = options
  for await (const item of parseEvents(body)) {
    arrived.items++
    arrived.isLive ||= item.kind === 'event' || lastId !== null
    if (arrived.isLive) {
      onLive()
      waitFor(SILENCE_MS)
    } else if (arrived.items === 1) waitFor(FIRST_EVENT_MS)
    if (item.kind === 'event') tell(JSON.parse(item.data), item.id)
  }
}

/** A stream that gets through has heartbeats: one of which no more than its beginning came is held back. */
function isBlocked({ isConnected, isLive, items }: Arrived, cut: AbortSignal): boolean {
  return cut.aborted ? !isLive || items === 1 : !isLive && isConnected
}

/** Without this route, or without room for one more reader, the client can still poll the status. */
function refused(error: StatusClientError): StreamEnd {
  const isBlocked = error.code === 'TOO_MANY_STREAMS' || BLOCKING.has(error.status ?? 0)
  return isBlocked ? { kind: 'blocked' } : { kind: 'failed', error }
}

/** Also what a proxy answers that has waited for the end of the stream: 408, 504, 524. */
const BLOCKING: ReadonlySet<number> = new Set([404, 405, 406, 408, 501, 504, 524])

function toError(error: unknown): StatusClientError {
  if (error instanceof StatusClientError) return error
  return new StatusClientError('UNREACHABLE', { message: 'The event stream was interrupted.', cause: error })
}

import { random } from '../chance.ts'
import { type Clock, sleep } from '../clock.ts'
import type { EventReader, Told } from './event-reader.ts'
import { followStream } from './follow-stream.ts'
import { pollStatus } from './poll-status.ts'
import { StatusClientError } from './status-client-error.ts'
import type { Transport } from './transport.ts'

/**
 * `live`: changes come as they happen. `polling`: streams are blocked on the way, so the client polls. `waiting`: the
 * server is unreachable, so the last status may be outdated.
 */
export type Connection = 'live' | 'polling' | 'waiting'

export interface StatusListener<S, C = undefined> {
  /** The present status, and then each new one. */
  readonly onStatus: (status: S, event: StatusEvent<C>) => void
  readonly onConnection?: (connection: Connection) => void
  /** Called with every error. The subscription goes on. */
  readonly onError?: (error: StatusClientError) => void
  /** How often to poll where streams are blocked (default 5,000). */
  readonly pollMs?: number
}

export interface StatusEvent<C> {
  /** The id of the status's snapshot. */
  readonly id: string
  /**
   * In version 2, the jobs or feeds that have changed since the status before; `many` where it is not known which.
   * Undefined in version 1.
   */
  readonly changed: C
}

export interface Subscription {
  readonly connection: Connection
  /** Ends it; the listener is not called any more. Idempotent. */
  close(): void
}

/** How long the status is polled before a stream is tried once more. */
const POLLING_MS = 60_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

export interface SubscribeOptions<S, C> {
  readonly transport: Transport
  readonly clock: Clock
  readonly reader: EventReader<S, C>
  readonly listener: StatusListener<S, C>
}

/**
 * Follows the status of a view until it is closed: by its event stream, from the last seen event on, or by polling
 * where streams are blocked. It waits longer after each failure, up to 30 s.
 */
export function subscribe<S, C>({ transport, clock, reader, listener }: SubscribeOptions<S, C>): Subscription {
  const ended = new AbortController()
  const { signal } = ended
  let connection: Connection = 'waiting'
  let lastId: string | null = null

  function tell({ status, changed }: Told<S, C>, id: string): void {
    lastId = id
    if (signal.aborted) return
    try {
      listener.onStatus(status, { id, changed })
    } catch (cause) {
      report(new StatusClientError('UNEXPECTED_ANSWER', { message: 'The listener could not take the status.', cause }))
    }
  }

  function become(next: Connection): void {
    if (next === connection || signal.aborted) return
    connection = next
    listener.onConnection?.(next)
  }

  function report(error: StatusClientError): void {
    if (!signal.aborted) listener.onError?.(error)
  }

  /** One attempt, by stream or else by polling. Resolves with the error, or with `null` when it is to go on. */
  async function attempt(onLive: () => void): Promise<StatusClientError | null> {
    const end = await followStream({
      transport,
      clock,
      signal,
      lastId,
      onLive,
      tell: (data, id) => tell(reader.ofEvent(data), id),
    })
    if (end.kind === 'failed') return end.error
    if (end.kind === 'ended') return null
    const { pollMs = 5_000 } = listener
    const untilMs = clock.monotonic() + POLLING_MS
    const tellStatus = (status: S, id: string) => tell(reader.ofStatus(status), id)
    const onAnswer = () => become('polling')
    return pollStatus<S>({ transport, clock, signal, untilMs, pollMs, tell: tellStatus, onAnswer })
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const error = await attempt(() => {
        failures = 0
        become('live')
      })
      if (error) {
        report(error)
        become('waiting')
      }
      await sleep(clock, Math.max(pauseMs(failures), error?.retryAfterMs ?? 0), signal)
      failures = error ? failures + 1 : 0
    }
  }

  void run()
  return {
    get connection() {
      return connection
    },
    close: () => ended.abort(),
  }
}

/** Spread at random, so that the clients of a failed server do not all come back at once. */
function pauseMs(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + 0.5 * random())
}

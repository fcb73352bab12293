import { createStreamLimits, type StreamLimits } from './stream-limits.ts'

/** How the event stream of a view behaves. */
export interface LiveOptions {
  /**
   * How often the snapshot is read while there are readers, in milliseconds (default 1,000). After a change in this
   * process it is read sooner, at most four times a second.
   */
  readonly intervalMs?: number
  /** How often a comment shows that the stream is alive, so that proxies do not close it (default 15,000). */
  readonly heartbeatMs?: number
  /**
   * When a stream is ended, at a heartbeat, so that its reader comes back and is authorized anew (default 300,000).
   * Streams that began together end spread over the last fifth of it.
   */
  readonly maxConnectionMs?: number
  /** How many streams there may be (default limits of this router's own: see `createStreamLimits`). */
  readonly limits?: StreamLimits
}

export function withLiveDefaults({
  intervalMs = 1_000,
  heartbeatMs = 15_000,
  maxConnectionMs = 300_000,
  limits = createStreamLimits(),
}: LiveOptions = {}): Required<LiveOptions> {
  return { intervalMs, heartbeatMs, maxConnectionMs, limits }
}

import { createStreamLimits, type StreamLimits } from './stream-limits.ts'

/** How the event stream of a view behaves. */
export interface LiveOptions {
  /**
   * How often the snapshot is read while there are readers (default 1,000); after a change in this process sooner, at
   * most four times a second.
   */
  readonly intervalMs?: number
  /** How often a comment shows that the stream is alive, so that what is in between keeps it open (default 5,000). */
  readonly heartbeatMs?: number
  /**
   * When a stream is ended, at a heartbeat, so that its reader is authorized anew (default 300,000); streams that began
   * together end spread over its last fifth.
   */
  readonly maxConnectionMs?: number
  /** How many streams there may be (default the router's own: see `createStreamLimits`). */
  readonly limits?: StreamLimits
}

export function withLiveDefaults({
  intervalMs = 1_000,
  heartbeatMs = 5_000,
  maxConnectionMs = 300_000,
  limits = createStreamLimits(),
}: LiveOptions = {}): Required<LiveOptions> {
  return { intervalMs, heartbeatMs, maxConnectionMs, limits }
}

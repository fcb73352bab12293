/**
 * A body that goes on until one side ends it. The adapter calls `open` once the headers are on their way, `drained`
 * when the transport takes more again, and `closed` when the reader is gone or never came: then nothing more is written
 * or held.
 */
export interface ResponseStream {
  open(sink: StreamSink): void
  /** Does nothing unless a write has answered false. */
  drained(): void
  /** Idempotent; may come before `open`, and instead of it. */
  closed(): void
}

/** The transport's side of a stream. */
export interface StreamSink {
  /** Sends the bytes; false when the transport holds enough and will say when it has drained. */
  write(bytes: Uint8Array): boolean
  /** Ends the body in good order. */
  end(): void
  /** Cuts the connection of a reader that does not read. */
  destroy(): void
}

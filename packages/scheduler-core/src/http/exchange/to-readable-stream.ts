import type { ResponseStream } from './response-stream.ts'

/** A stream that has this much waiting for its reader takes no more. */
const AHEAD_BYTES = 16_384

/**
 * Turns one of our streams into the platform's own, with its backpressure. It need not be read: cancelling it is
 * enough.
 */
export function toReadableStream(stream: ResponseStream): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      start(controller) {
        stream.open({
          write(bytes) {
            controller.enqueue(bytes)
            return (controller.desiredSize ?? 0) > 0
          },
          end: () => controller.close(),
          destroy: () => controller.error(new Error('The reader of an event stream did not keep up.')),
        })
      },
      pull: () => stream.drained(),
      cancel: () => stream.closed(),
    },
    { highWaterMark: AHEAD_BYTES, size: (bytes) => bytes?.byteLength ?? 0 },
  )
}

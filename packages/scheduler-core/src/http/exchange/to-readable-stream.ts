import type { ResponseStream } from './response-stream.ts'

/** A reader that has this much ahead of it is not given more. */
const AHEAD_BYTES = 16_384

/** A stream of ours as the platform's own, with its backpressure. Nobody has to read it: cancelling it is enough. */
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

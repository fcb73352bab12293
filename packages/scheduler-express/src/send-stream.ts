import type { ResponseStream, StreamSink } from '@pm/scheduler-core/http'
import type { Request, Response } from 'express'

/** Lets a stream of ours write to the response, with its backpressure, until either side ends it. */
export function sendStream(res: Response, stream: ResponseStream): void {
  if (res.destroyed) {
    stream.closed()
    return
  }
  // Sent by itself, the head becomes one string; sent with a body, Node keeps its many pieces.
  res.flushHeaders()
  letGo(res.req)
  res.on('close', () => stream.closed())
  stream.open(new ResponseSink(res, stream))
}

/** There are thousands of them at a time: a class, so that they share their methods. */
class ResponseSink implements StreamSink {
  readonly #res: Response & Partial<Compressing>
  readonly #stream: ResponseStream

  constructor(res: Response, stream: ResponseStream) {
    this.#res = res
    this.#stream = stream
  }

  write(bytes: Uint8Array): boolean {
    const res = this.#res
    const takesMore = res.write(bytes)
    res.flush?.()
    if (!takesMore) res.once('drain', () => this.#stream.drained())
    return takesMore
  }

  end(): void {
    this.#res.end()
  }

  destroy(): void {
    this.#res.destroy()
  }
}

/** What compresses in between holds bytes back until it is told not to. */
interface Compressing {
  flush(): void
}

/**
 * The way through the routers ends here, and our path has no parameters. Express would keep all of that, and the parts of
 * the URL, for as long as the request lasts.
 */
function letGo(req: Request): void {
  Object.assign(req, { next: nowhere, params: NO_PARAMETERS, _parsedUrl: undefined })
}

function nowhere(): void {}

const NO_PARAMETERS = Object.freeze({})

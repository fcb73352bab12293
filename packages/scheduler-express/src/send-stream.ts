import type { ResponseStream, StreamSink } from '@pm/scheduler-core/http'
import type { Request, Response } from 'express'

/** Lets a stream write to the response, with backpressure, until either side ends it. */
export function sendStream(res: Response, stream: ResponseStream): void {
  if (res.destroyed) {
    stream.closed()
    return
  }
  // Sends the head before any body, because Node then stores it as one string instead of many pieces. Saves memory per
  // stream.
  res.flushHeaders()
  letGo(res.req)
  res.on('close', () => stream.closed())
  stream.open(new ResponseSink(res, stream))
}

/** A class, because thousands of streams exist at a time and share its methods. */
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

/** A response behind compression middleware, which buffers bytes until `flush` is called. */
interface Compressing {
  flush(): void
}

/**
 * Releases references that Express would keep for as long as the request lasts: the remaining handlers, the parameters
 * and the parsed URL. A stream needs none of them.
 */
function letGo(req: Request): void {
  Object.assign(req, { next: nowhere, params: NO_PARAMETERS, _parsedUrl: undefined })
}

function nowhere(): void {}

const NO_PARAMETERS = Object.freeze({})

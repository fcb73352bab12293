import type { ResponseStream } from '@pm/scheduler-core/http'
import type { Response } from 'express'

/** Lets a stream of ours write to the response, with its backpressure, until either side ends it. */
export function sendStream(res: Response, stream: ResponseStream): void {
  if (res.destroyed) {
    stream.closed()
    return
  }
  res.on('close', () => stream.closed())
  res.on('drain', () => stream.drained())
  stream.open({
    write(bytes) {
      const takesMore = res.write(bytes)
      flush(res)
      return takesMore
    },
    end: () => void res.end(),
    destroy: () => void res.destroy(),
  })
}

/** What compresses in between holds bytes back until it is told not to. */
function flush(res: object): void {
  if ('flush' in res && typeof res.flush === 'function') res.flush()
}

import type { PlainResponse } from '@pm/scheduler-core/http'
import type { Response } from 'express'

import { sendStream } from './send-stream.ts'

/** Writes the response without Express's `send`, since its bytes, length and ETag exist already. */
export function sendResponse(res: Response, { status, headers, body, stream }: PlainResponse): void {
  if (res.headersSent) {
    stream?.closed()
    return
  }
  // Closes the connection instead of reading the rest of a body that was too large.
  if (status === 413) res.shouldKeepAlive = false
  res.statusCode = status
  for (const name in headers) res.setHeader(name, headers[name] ?? '')
  if (stream) sendStream(res, stream)
  else if (body === null) res.end()
  else res.end(body)
}

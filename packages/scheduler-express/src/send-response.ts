import type { PlainResponse } from '@pm/scheduler-core/http'
import type { NextFunction, Response } from 'express'

import { sendStream } from './send-stream.ts'

/** Where an answer goes: to the client, or to the host's own error handler when it cannot be sent. */
export interface Destination {
  readonly res: Response
  readonly next: NextFunction
}

/** Sends an answer when it is there. */
export function sendAnswer(answer: Promise<PlainResponse>, { res, next }: Destination): void {
  answer.then((response) => sendResponse(res, response)).catch(next)
}

/** Writes the response without Express's `send`, since its bytes, length and ETag exist already. */
function sendResponse(res: Response, { status, headers, body, stream }: PlainResponse): void {
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

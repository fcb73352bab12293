import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

import { hangUpOf } from '../exchange/hang-up.ts'
import { isBodyRead, keptBody, mayHaveBody } from '../exchange/kept-body.ts'

/**
 * Serves a function from `Request` to `Response` with `node:http`: pass it to `createServer`. It applies backpressure
 * in both directions, and ends the stream of a reader that goes away. A request that `Request` cannot express (`TRACE`,
 * an invalid host or target) is answered 400; a handler that rejects, 500. A body that was read before is taken from
 * `incoming.body`. The handler is passed `incoming` too, with what the host has put on it, such as who is logged in.
 */
export function toNodeListener(
  handler: (request: Request, incoming: IncomingMessage) => Promise<Response>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const request = toRequest(incoming, hangUpOf(outgoing))
    if (request === null) {
      outgoing.writeHead(400, { 'content-length': '0' }).end()
      return
    }
    handler(request, incoming)
      .then((response) => send(response, outgoing))
      .catch(() => fail(outgoing))
  }
}

/** The sender chooses all of it: over HTTP/2 also the method, which `Request` may refuse. */
function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  const { method = 'GET', url = '', headers } = incoming
  const host = String(headers.host || headers[':authority'] || 'localhost')
  if (!url.startsWith('/') || !HOST.test(host)) return null
  try {
    const request = new Request(`http://${host}${url}`, { method, headers: toHeaders(incoming), signal })
    const takesBody = mayHaveBody(incoming) && request.method !== 'GET' && request.method !== 'HEAD'
    return takesBody ? new Request(request, { body: bodyOf(incoming), ...HALF }) : request
  } catch {
    return null
  }
}

/** A stream may be a body only so; the types do not know it. */
const HALF = { duplex: 'half' } as const

/** A host and its port. Anything else, such as a slash in it, would change the path, or be taken for a login. */
const HOST = /^(?:[\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::\d*)?$/i

/** Without the fields of HTTP/2 that begin with a colon: they are no headers. */
function toHeaders({ headers }: IncomingMessage): Headers {
  const copy = new Headers()
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !name.startsWith(':')) copy.set(name, String(value))
  return copy
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return isBodyRead(incoming) ? streamOfKept(incoming) : streamOf(incoming)
}

/** A body that is gone fails when it is read, so that only the routes that need it are refused. */
function streamOfKept(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      try {
        const kept = keptBody(incoming)
        if (kept.kind === 'bytes') controller.enqueue(kept.bytes)
        else if (kept.kind === 'parsed') controller.enqueue(new TextEncoder().encode(JSON.stringify(kept.value)))
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
  })
}

/** Giving the body up leaves the connection open, so that the answer still reaches the sender. */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isGivenUp = false
  return new ReadableStream({
    start(controller) {
      incoming.on('data', (chunk: Buffer) => {
        if (isGivenUp) return
        controller.enqueue(chunk)
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause()
      })
      incoming.once('end', () => isGivenUp || controller.close())
      incoming.once('error', (error) => isGivenUp || controller.error(error))
    },
    pull: () => void incoming.resume(),
    cancel() {
      isGivenUp = true
      incoming.resume()
    },
  })
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const { status, body } = response
  // Does not wait for the rest of a body that was too large.
  if (status === 413) outgoing.shouldKeepAlive = false
  outgoing.writeHead(status, headersOf(response))
  if (body === null) outgoing.end()
  else await pump(body.getReader(), outgoing)
}

/** Several cookies are several headers: a comma is a part of their dates, so that they cannot be joined. */
function headersOf({ headers }: Response): OutgoingHttpHeaders {
  const cookies = headers.getSetCookie()
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { 'set-cookie': cookies }) }
}

async function pump(reader: ReadableStreamDefaultReader<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const gone = () => void reader.cancel().catch(() => {})
  outgoing.once('close', gone)
  if (outgoing.destroyed) gone()
  for (let part = await reader.read(); !part.done; part = await reader.read())
    if (!outgoing.write(part.value)) await drained(outgoing)
  outgoing.end()
}

/** Resolves when the transport takes more, or never will again. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      outgoing.off('drain', finish).off('close', finish)
      resolve()
    }
    outgoing.on('drain', finish).on('close', finish)
    if (outgoing.destroyed) finish()
  })
}

/** An answer that has begun cannot become an error. Its connection is cut, so that the reader sees it is incomplete. */
function fail(outgoing: ServerResponse): void {
  if (outgoing.headersSent) outgoing.destroy()
  else outgoing.writeHead(500, { 'content-length': '0' }).end()
}

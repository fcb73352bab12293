import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Serves a function from `Request` to `Response` with `node:http`: pass it to `createServer`. It applies backpressure
 * in both directions, and ends the stream of a reader that goes away. A request that `Request` cannot express (`TRACE`,
 * an invalid host or target) is answered 400; a handler that rejects, 500.
 */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const request = toRequest(incoming)
    if (request === null) {
      outgoing.writeHead(400, { 'content-length': '0' }).end()
      return
    }
    handler(request)
      .then((response) => send(response, outgoing))
      .catch(() => fail(outgoing))
  }
}

function toRequest(incoming: IncomingMessage): Request | null {
  const { method = 'GET', url = '', headers } = incoming
  const target = `http://${headers.host ?? 'localhost'}${url}`
  if (!url.startsWith('/') || !URL.canParse(target) || method === 'TRACE') return null
  const body = mayHaveBody(incoming) && method !== 'GET' && method !== 'HEAD' ? bodyOf(incoming) : null
  return new Request(target, { method, headers: toHeaders(incoming), body, ...(body && { duplex: 'half' }) })
}

function mayHaveBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const copy = new Headers()
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) copy.set(name, String(value))
  return copy
}

/** Giving the body up leaves the connection open, so that the answer still reaches the sender. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
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
  outgoing.writeHead(status, Object.fromEntries(response.headers))
  if (body === null) outgoing.end()
  else await pump(body.getReader(), outgoing)
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

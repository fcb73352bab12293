import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server on the loopback interface whose answers the test determines. */
export interface MisbehavingServer {
  readonly url: string
  /** The requests so far, as `METHOD /path?query`. */
  readonly requests: readonly string[]
  /** A fetch that takes every host's requests to this server. */
  readonly fetch: typeof globalThis.fetch
  /** Resolves when the next request has come in. */
  nextRequest(): Promise<unknown>
  close(): Promise<void>
}

export async function startMisbehavingServer(listener: RequestListener): Promise<MisbehavingServer> {
  const requests: string[] = []
  const events = new EventEmitter()
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    listener(request, response)
    events.emit('request')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    fetch: (input, init) => {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input)
      return fetch(`${url}${pathname}${search}`, init)
    },
    nextRequest: () => once(events, 'request'),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

/** A regular answer with a status, a body and headers. */
export function answers(status: number, body: unknown = '', headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
  }
}

/** Accepts the request and never answers. */
export const saysNothing: Behaviour = () => {}

/** Begins an answer with `begin` and never ends it. */
export function neverEnds(begin: string): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(begin)
  }
}

/** Breaks the connection without an answer. */
export const hangsUp: Behaviour = (request) => {
  request.socket.destroy()
}

/** Breaks the connection in the middle of an answer. */
export const hangsUpHalfWay: Behaviour = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"half":', () => request.socket.destroy())
}

/** Sends up to a gigabyte until the client disconnects, and counts the bytes. */
export function sendsOneGigabyte(sent: { bytes: number }): Behaviour {
  const chunk = Buffer.alloc(65_536, 0x20)
  return (_request, response) => {
    const send = () => {
      while (sent.bytes < 2 ** 30 && !response.destroyed) {
        sent.bytes += chunk.byteLength
        if (!response.write(chunk)) return
      }
      response.end()
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.on('drain', send)
    send()
  }
}

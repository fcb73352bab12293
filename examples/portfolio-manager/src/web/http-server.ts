import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { UserError } from '../user-error.ts'

/** A listening server. It answers 503 until the application is ready to serve. */
export interface HttpServer {
  /** The URL for a browser on this machine. */
  readonly url: string
  serve(listener: RequestListener): void
  /** For `closeWith`. */
  readonly node: Server
}

/**
 * Opens the port. Call it before anything else is started, so that a port in use is reported at once.
 *
 * @throws UserError when the address is not available.
 */
export async function openHttpServer({ host, port }: { host: string; port: number }): Promise<HttpServer> {
  let listener: RequestListener = answerStarting
  const server = createServer((request, response) => listener(request, response))
  server.listen({ host, port })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new UserError(refusal(error, { host, port }), HINT, { cause: error })
  }
  return {
    url: urlOf(server, host),
    serve: (next) => {
      listener = next
    },
    node: server,
  }
}

const HINT = ['Set PORT and HOST to an address that is free; PORT=0 takes any free port.']

const answerStarting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '1' })
  response.end(
    JSON.stringify({ type: 'about:blank', title: 'Service Unavailable', status: 503, detail: 'Starting or stopping.' }),
  )
}

function refusal(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use by another program.`
  if (code === 'EACCES') return `Port ${port} on ${host} may not be used by this user.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine.`
  return `Cannot listen on ${host}:${port} (${String(code)}).`
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const local = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${local.includes(':') ? `[${local}]` : local}:${port}`
}

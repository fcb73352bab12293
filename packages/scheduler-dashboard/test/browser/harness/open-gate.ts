import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { listen } from '../../open-host.ts'

/** What becomes of an event stream on its way. `missing`: 404. `buffered`: nothing of it gets through. */
type StreamFate = 'open' | 'missing' | 'buffered'

/** A proxy of one address, in front of a server that comes and goes. */
export interface Gate {
  readonly origin: string
  /** The streams that are open through it now. */
  readonly streams: number
  /** All that were ever opened through it. */
  readonly opened: number
  /** Requests other than streams so far, as `GET /path`. */
  readonly requests: readonly string[]
  /** The bytes that the streams which are open now have cost on the wire, headers and framing included. */
  streamBytes(): number
  /** The bytes of the bodies of all answers but streams so far. */
  answerBytes(): number
  /** From now on it hands on to this server; `null`: nobody is there, and every connection is cut. */
  leadTo(origin: string | null): void
  streamsAre(fate: StreamFate): void
  /** Cuts the streams that are open, as a server does once their time is up. */
  cutStreams(): void
}

export async function openGate(first: string): Promise<Gate> {
  const sockets = new Set<Socket>()
  const streams = new Map<ServerResponse, number>()
  const requests: string[] = []
  let target: string | null = first
  let fate: StreamFate = 'open'
  let opened = 0
  let answerBytes = 0

  function handOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
    sockets.add(incoming.socket)
    const { url = '', method = 'GET', headers } = incoming
    const isStream = url.endsWith('/events')
    if (target === null) return void incoming.socket.destroy()
    if (isStream) count(outgoing)
    else requests.push(`${method} ${url}`)
    if (isStream && fate === 'missing') return void outgoing.writeHead(404, { 'content-type': 'text/html' }).end()
    const upstream = request(target, { method, path: url, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      if (isStream) outgoing.flushHeaders()
      if (isStream && fate === 'buffered') return
      if (!isStream) answer.on('data', (chunk: Buffer) => (answerBytes += chunk.length))
      answer.pipe(outgoing)
    })
    outgoing.once('close', () => upstream.destroy())
    upstream.on('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  }

  function count(stream: ServerResponse): void {
    opened++
    streams.set(stream, stream.socket?.bytesWritten ?? 0)
    stream.once('close', () => streams.delete(stream))
  }

  return {
    origin: await listen(handOn),
    requests,
    get streams() {
      return streams.size
    },
    get opened() {
      return opened
    },
    streamBytes: () =>
      [...streams].reduce((sum, [{ socket }, before]) => sum + (socket?.bytesWritten ?? before) - before, 0),
    answerBytes: () => answerBytes,
    leadTo(next) {
      target = next
      if (next === null) for (const socket of sockets) socket.destroy()
    },
    streamsAre(next) {
      fate = next
    },
    cutStreams() {
      for (const stream of streams.keys()) stream.destroy()
    },
  }
}

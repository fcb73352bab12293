import { request } from 'node:http'

import { listen } from './open-host.ts'

export interface StrippingProxyOptions {
  readonly origin: string
  /** The start of the path, which the server behind does not see. */
  readonly strips: string
}

/** A proxy that takes a prefix from each path and hands on the rest. Answers its origin. */
export function openStrippingProxy({ origin, strips }: StrippingProxyOptions): Promise<string> {
  return listen((incoming, outgoing) => {
    const { url = '', method = 'GET', headers } = incoming
    if (!url.startsWith(strips)) return void outgoing.writeHead(502).end()
    const rest = url.slice(strips.length)
    const path = rest.startsWith('/') ? rest : `/${rest}`
    const upstream = request(origin, { method, path, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    outgoing.once('close', () => upstream.destroy())
    upstream.on('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  })
}

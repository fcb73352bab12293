import { createServer, type Server, type Socket } from 'node:net'
import type { TcpCondition } from './tcp-condition.ts'
import { createTcpLink, type TcpLink } from './tcp-link.ts'

export interface TcpProxyOptions {
  /** Where connections go on to. */
  readonly target: { readonly host: string; readonly port: number }
}

/** A TCP proxy on the loopback whose network can be made bad. */
export interface TcpProxy {
  readonly host: string
  readonly port: number
  /** How many connections there are now. */
  readonly connections: number
  /** How many there have been. */
  readonly accepted: number
  /** Changes what happens to all connections, those that are open and those to come. */
  set(condition: TcpCondition): void
  /** Ends every connection and stops listening. */
  close(): Promise<void>
}

/** Starts a proxy that passes everything on, on a free port of the loopback. */
export async function createTcpProxy({ target }: TcpProxyOptions): Promise<TcpProxy> {
  const links = new Set<TcpLink>()
  let condition: TcpCondition = { kind: 'pass' }
  let accepted = 0

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client: Socket) => {
    accepted++
    const link = createTcpLink({ client, target, onEnd: () => links.delete(link) })
    links.add(link)
    link.set(condition)
  })
  const port = await listen(server)

  return {
    host: LOOPBACK,
    port,
    get connections() {
      return links.size
    },
    get accepted() {
      return accepted
    },
    set(next) {
      condition = next
      for (const link of links) link.set(next)
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const link of links) link.reset()
      await closed
    },
  }
}

const LOOPBACK = '127.0.0.1'

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('The proxy listens on no port.'))
    })
  })
}

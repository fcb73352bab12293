import { createTcpProxy, type TcpProxy } from '@pm/scheduler-testing'

/** A way of its own to a server, which a test can cut. */
export interface Way {
  /** The address of the server, by this way. */
  readonly url: string
  readonly proxy: TcpProxy
}

export async function wayTo(address: string): Promise<Way> {
  const url = new URL(address)
  const proxy = await createTcpProxy({ target: { host: url.hostname, port: Number(url.port) } })
  url.host = `${proxy.host}:${proxy.port}`
  return { url: url.href, proxy }
}

import type { Server } from 'node:http'

import type { ClosableServer } from '@pm/scheduler-core/http'

/** A server that takes requests. */
export interface Listening {
  /** For `closeWith`. */
  readonly server: ClosableServer
  readonly port: number
}

/** The port of a server: with PORT=0 the system has chosen one. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

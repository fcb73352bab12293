import { refuseOption } from '@pm/scheduler-core/store'
import { Redis, type RedisOptions } from 'ioredis'

import { within } from './engine-error.ts'

/** A URL (`redis://` or `rediss://`), options of ioredis, or a client of the host's, which is copied and left alone. */
export type BullmqConnection = string | RedisOptions | Redis

/**
 * Makes the one client of an engine. It connects when it is told to, and again whenever it has lost the server. A command
 * rejects at once while there is no connection, and when its connection ends: none waits, and none is sent twice.
 */
export function createClient(connection: BullmqConnection): Redis {
  if (typeof connection === 'string') return new Redis(connection, CLIENT)
  return isClient(connection) ? connection.duplicate(CLIENT) : new Redis({ ...connection, ...CLIENT })
}

/** Connects again when a server that has gone without a word does not answer. Ends with what it answers. */
export function watchConnection(client: Redis): () => void {
  const beat = async () => {
    if (client.status !== 'ready') return
    await within(ANSWER_MS, client.ping()).catch(() => client.status === 'ready' && client.disconnect(true))
  }
  const timer = setInterval(() => void beat(), BEAT_MS)
  return () => clearInterval(timer)
}

// The client's own `socketTimeout` ends the next connection as well, where it lost one.
const BEAT_MS = 5_000
const ANSWER_MS = 3_000

/** Throws `INVALID_OPTIONS` for what is no connection. The error shows nothing of it, since it may hold a password. */
export function checkConnection(connection: unknown): void {
  if (typeof connection === 'string' && /^rediss?:\/\//.test(connection)) return
  if (typeof connection === 'object' && connection !== null && !Array.isArray(connection)) return
  refuseOption({ path: 'connection', value: typeof connection, received: WRONG, expected: EXPECTED })
}

const WRONG = 'something else'
const EXPECTED = 'a URL that begins with redis:// or rediss://, options of ioredis, or a client of ioredis'

const CLIENT = {
  lazyConnect: true,
  enableOfflineQueue: false,
  // Commands that were sent reject when their connection ends. With `null` their promises would stay open for ever, once they
  // are not sent again; BullMQ copies the client for blocking reads, and takes 0 for `null`.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  connectTimeout: 3_000,
} as const satisfies RedisOptions

/** By its form: a process may hold two copies of ioredis. */
function isClient(connection: RedisOptions | Redis): connection is Redis {
  return 'duplicate' in connection && typeof connection.duplicate === 'function'
}

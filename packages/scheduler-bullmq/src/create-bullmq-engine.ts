import { type Engine, refuseOption } from '@pm/scheduler-core/store'

import { BullmqEngine } from './bullmq-engine.ts'
import { type BullmqConnection, checkConnection } from './connect.ts'

export interface BullmqEngineOptions {
  /**
   * A URL (`redis://` or `rediss://`), options of ioredis, or a client of ioredis, which is copied and stays the host's. The
   * engine makes connections of its own: one, and another one for each queue that a worker consumes.
   */
  readonly connection: BullmqConnection
  /** How all keys in Redis begin (default `scheduler`), with no colon. Schedulers and workers need the same. */
  readonly prefix?: string
}

/**
 * Carries runs to workers by BullMQ 6 on Redis 6.2 or later. It is not transactional: runs are handed over after the commit of
 * their claim, and the scheduler hands over again what no worker took over in time. Throws `INVALID_OPTIONS`.
 */
export function createBullmqEngine<S = unknown>(options: BullmqEngineOptions): Engine<S> {
  const { connection, prefix = 'scheduler' } = options ?? {}
  checkConnection(connection)
  if (typeof prefix !== 'string' || !/^[^:]{1,100}$/.test(prefix)) {
    refuseOption({ path: 'prefix', value: prefix, expected: 'a text of 1 to 100 characters without a colon' })
  }
  return new BullmqEngine<S>(connection, prefix)
}

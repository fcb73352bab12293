import { z } from 'zod'

import { parseOptions } from '../options/parse-options.ts'
import type { SessionProvider } from '../ports/session-provider.ts'
import type { Store } from '../ports/store.ts'
import type { MemorySession } from './memory-session.ts'
import { createMemorySessionProvider } from './memory-session-provider.ts'
import { createMemoryStore } from './memory-store.ts'
import { MemoryDatabase } from './state/memory-database.ts'

/** A ledger in this process's memory, and the sessions to it. */
export interface MemoryBackend {
  readonly sessions: SessionProvider<MemorySession>
  readonly store: Store<MemorySession>
}

export interface MemoryBackendOptions {
  /**
   * How many settled entries of each scheduler are kept; the oldest are dropped, a few hundred at a time, before their
   * retention ends (default 500,000, at about 150 bytes each). Counters do not depend on it, but a window that begins
   * among dropped entries is exact to the minute only.
   */
  readonly maxEntries?: number
}

const optionsSchema = z.strictObject({ maxEntries: z.int().min(1).default(500_000) })

/**
 * Makes an empty backend in memory: real transactions and the same answers as a database, for tests, demos and
 * schedulers that may forget. Nothing survives the process, and no other process sees it. Units that write take
 * their turns; a unit that writes inside another one that has written waits for ever, as on one locked row. Throws
 * `INVALID_OPTIONS`.
 */
export function createMemoryBackend(options: MemoryBackendOptions = {}): MemoryBackend {
  const { maxEntries } = parseOptions(optionsSchema, options, 'memory')
  const database = new MemoryDatabase(maxEntries)
  const { undoLog } = database
  return {
    sessions: createMemorySessionProvider({ undoLog, onCommit: () => database.compact() }),
    store: createMemoryStore(database),
  }
}

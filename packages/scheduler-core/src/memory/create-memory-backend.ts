import { z } from 'zod'

import { parseOptions } from '../options/parse-options.ts'
import type { SessionProvider } from '../ports/session-provider.ts'
import type { Store } from '../ports/store.ts'
import type { MemorySession } from './memory-session.ts'
import { createMemorySessionProvider } from './memory-session-provider.ts'
import { createMemoryStore } from './memory-store.ts'
import { MemoryDatabase } from './state/memory-database.ts'

/** A store in this process's memory, and its sessions. */
export interface MemoryBackend {
  readonly sessions: SessionProvider<MemorySession>
  readonly store: Store<MemorySession>
}

export interface MemoryBackendOptions {
  /**
   * How many settled entries to keep of each scheduler (default 500,000, at about 150 bytes each). Above that the
   * backend drops the oldest, a few hundred at a time, even before their retention ends. Counters stay exact, but a
   * window that begins among dropped entries is exact to the minute only.
   */
  readonly maxEntries?: number
}

const optionsSchema = z.strictObject({ maxEntries: z.int().min(1).default(500_000) })

/**
 * Creates an empty backend in memory, for tests, demos and schedulers whose history may be lost. It has real
 * transactions and gives the same answers as a database. Its data ends with the process, and no other process sees it.
 * Units that write run one after the other; a unit that writes inside another unit that has written waits for ever, as
 * on a locked row. Throws `INVALID_OPTIONS`.
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

import * as z from 'zod'
import { lazily } from '../lazily.ts'

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
   * How many settled entries to keep of each scheduler (default 500,000, about 150 bytes each). Above that the oldest
   * go, a few hundred at a time, even within their retention. Counters stay exact; a window that begins among dropped
   * entries is exact to the minute, as far back as the minutes are kept.
   */
  readonly maxEntries?: number
  /**
   * How many bytes the counters by the minute and by the hour of each scheduler may take (default 32 MiB; a job that runs
   * every minute or more often takes 50 to 120 for a minute or an hour). Above that the oldest minutes go, ten at a time:
   * lifetime totals and hours stay exact, a window that begins among dropped minutes is exact to the hour, and a history in
   * steps of minutes begins after them. When that is not enough, the oldest hours go. The minutes of the last hour and
   * the hours of the longest window that was asked for (a day, unless it was longer) stay in any case.
   */
  readonly maxBucketBytes?: number
}

const optionsSchema = lazily(() =>
  z.strictObject({
    maxEntries: z.int().min(1).default(500_000),
    maxBucketBytes: z.int().min(1).default(33_554_432),
  }),
)

/**
 * Creates an empty backend in memory, for tests, demos and schedulers whose history may be lost with the process. It
 * has real transactions and answers like a database. Units that write run one after the other; one that writes inside
 * another that has written waits for ever, as on a locked row. Throws `INVALID_OPTIONS`.
 */
export function createMemoryBackend(options: MemoryBackendOptions = {}): MemoryBackend {
  const database = new MemoryDatabase(parseOptions(optionsSchema(), options, 'memory'))
  const { undoLog } = database
  return {
    sessions: createMemorySessionProvider({ undoLog, onCommit: () => database.compact() }),
    store: createMemoryStore(database),
  }
}

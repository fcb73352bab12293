import type { SessionProvider } from '../ports/session-provider.ts'
import type { Store } from '../ports/store.ts'
import { Library } from './library.ts'
import type { MemorySession } from './memory-session.ts'
import { createMemorySessionProvider } from './memory-session-provider.ts'
import { createMemoryStore } from './memory-store.ts'

/** A ledger in this process's memory, and the sessions to it. */
export interface MemoryBackend {
  readonly sessions: SessionProvider<MemorySession>
  readonly store: Store<MemorySession>
}

/**
 * Makes an empty backend in memory: real transactions and the same answers as a database, for tests, demos and
 * schedulers that may forget. Nothing survives the process, and no other process sees it. Units that write take
 * their turns; a unit that writes inside another one that has written waits for ever, as on one locked row.
 */
export function createMemoryBackend(): MemoryBackend {
  const library = new Library()
  const { timeline } = library
  return {
    sessions: createMemorySessionProvider({ timeline, onCommit: () => library.compact() }),
    store: createMemoryStore(library),
  }
}

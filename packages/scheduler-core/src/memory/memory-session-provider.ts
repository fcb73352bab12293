import type { SessionProvider } from '../ports/session-provider.ts'
import { MemorySession } from './memory-session.ts'
import { MemoryUnit } from './memory-unit.ts'
import type { UndoLog } from './state/undo-log.ts'
import { WriteLock } from './write-lock.ts'

export interface MemorySessionProviderOptions {
  readonly undoLog: UndoLog
  /** Called after each commit. */
  readonly onCommit: () => void
}

export function createMemorySessionProvider(options: MemorySessionProviderOptions): SessionProvider<MemorySession> {
  const lock = new WriteLock()
  return {
    async withSession(work, { unit: name = 'unnamed', readOnly = false, isOwn = false, signal } = {}) {
      signal?.throwIfAborted()
      const unit = new MemoryUnit({ ...options, name, readOnly, lock, ...(readOnly && isOwn && { signal }) })
      try {
        const result = await work(new MemorySession(unit))
        unit.commit()
        return result
      } catch (error) {
        unit.rollback()
        throw error
      }
    },
  }
}

import type { Store } from '../ports/store.ts'
import { applyCommand } from './apply-command.ts'
import { lockExpired, lockJobs } from './lock-jobs.ts'
import type { MemorySession } from './memory-session.ts'
import { listEntries, listLog } from './pages.ts'
import { prune } from './prune.ts'
import { readMeasures } from './read-measures.ts'
import { record } from './record.ts'
import { register } from './register.ts'
import { renew } from './renew.ts'
import { settle } from './settle.ts'
import type { Library } from './state/library.ts'

export function createMemoryStore(library: Library): Store<MemorySession> {
  const reading =
    <I, T>(read: (library: Library, input: I) => T) =>
    async (session: MemorySession, input: I): Promise<T> =>
      session.within((unit) => unit.read(() => read(library, input)))

  const writing =
    <I, T>(write: (library: Library, input: I) => T) =>
    (session: MemorySession, input: I): Promise<T> =>
      session.within((unit) => unit.write(() => write(library, input)))

  return {
    capabilities: { durable: false, shared: false },
    register: writing(register),
    lockJobs: writing(lockJobs),
    record: writing(record),
    renew: writing(renew),
    settle: writing(settle),
    lockExpired: writing(lockExpired),
    readControl: reading(
      ({ books }, { scheduler }: { readonly scheduler: string }) => books.get(scheduler)?.control ?? null,
    ),
    applyCommand: writing(applyCommand),
    readMeasures: reading(readMeasures),
    listEntries: reading(listEntries),
    listLog: reading(listLog),
    prune: writing(prune),
  }
}

import { atOnce, inTurns, type Parts } from '../loop/in-turns.ts'
import type { Store } from '../ports/store.ts'
import { applyCommand } from './apply-command.ts'
import { define } from './define.ts'
import { forgetJob } from './forget-job.ts'
import { lockExpired, lockJobs } from './lock-jobs.ts'
import type { MemorySession } from './memory-session.ts'
import { listEntries, listLog } from './pages.ts'
import { prune } from './prune.ts'
import { readDefinitions, readInstances, readOutdated, readRenamed, readStandings } from './read-definitions.ts'
import { measure } from './read-measures.ts'
import { record } from './record.ts'
import { register } from './register.ts'
import { lockReleased, release, takeUp } from './release.ts'
import { renew } from './renew.ts'
import { settle } from './settle.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { handOverAgain, takeOver } from './take-over.ts'

export function createMemoryStore(database: MemoryDatabase): Store<MemorySession> {
  const reading =
    <I, T>(read: (database: MemoryDatabase, input: I) => T) =>
    async (session: MemorySession, input: I): Promise<T> =>
      session.within((unit) => unit.read(() => read(database, input)))

  const writing =
    <I, T>(write: (database: MemoryDatabase, input: I) => T) =>
    (session: MemorySession, input: I): Promise<T> =>
      session.within((unit) => unit.write(() => write(database, input)))

  return {
    capabilities: { durable: false, shared: false },
    register: writing(register),
    readRenamed: reading(readRenamed),
    readInstances: reading(readInstances),
    readOutdated: reading(readOutdated),
    readStandings: reading(readStandings),
    define: writing(define),
    readDefinitions: reading(readDefinitions),
    lockJobs: writing(lockJobs),
    record: writing(record),
    renew: writing(renew),
    settle: writing(settle),
    lockExpired: writing(lockExpired),
    release: writing(release),
    lockReleased: writing(lockReleased),
    takeUp: writing(takeUp),
    takeOver: writing(takeOver),
    handOverAgain: writing(handOverAgain),
    forgetJob: writing(forgetJob),
    readControl: reading(
      ({ schedulers }, { scheduler }: { readonly scheduler: string }) => schedulers.get(scheduler)?.control ?? null,
    ),
    applyCommand: writing(applyCommand),
    readMeasures: (session, input) => readInParts(session, measure(database, input)),
    listEntries: reading(listEntries),
    listLog: reading(listLog),
    prune: writing(prune),
  }
}

/** A unit that only reads has the same state in each turn. Any other reads all at once. */
function readInParts<T>(session: MemorySession, parts: Parts<T>): Promise<T> {
  return session.within(async (unit) =>
    unit.readOnly ? inTurns(() => unit.read(() => parts.next())) : unit.read(() => atOnce(parts)),
  )
}

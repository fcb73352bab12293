import type { Store } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import type { SchemaOptions } from '../migrations/migrate-scheduler.ts'
import { tableNames } from '../sql/names.ts'
import { createApplyCommand, createReadControl } from './control.ts'
import {
  createDefine,
  createReadDefinitions,
  createReadInstances,
  createReadOutdated,
  createReadStandings,
} from './definitions.ts'
import { createForgetJob } from './forget-job.ts'
import { createListEntries } from './list-entries.ts'
import { createListLog } from './list-log.ts'
import { createLockExpired } from './lock-expired.ts'
import { createLockJobs } from './lock-jobs.ts'
import { createPrune } from './prune.ts'
import { createReadMeasures } from './read-measures.ts'
import { createRecord } from './record.ts'
import { createRegister } from './register.ts'
import { createRelease } from './release.ts'
import { createReadRenamed } from './renamed-jobs.ts'
import { createRenew } from './renew.ts'
import { createSettle } from './settle.ts'
import { createHandOverAgain, createTakeOver } from './take-over.ts'
import { createLockReleased, createTakeUp } from './take-up.ts'

/**
 * A store in PostgreSQL, in its own tables and without entities. It runs plain SQL in the sessions of
 * `createTypeormSessions`, or on any `EntityManager` in a transaction. Create the tables with `migrateScheduler` first;
 * otherwise `register` rejects with `SCHEMA_NOT_READY`.
 *
 * Failures that may pass reject with `STORE_UNAVAILABLE` and the error of the database as `cause`.
 */
export function createTypeormStore(options: SchemaOptions = {}): Store<EntityManager> {
  const names = tableNames(options.schema)
  return {
    capabilities: { durable: true, shared: true },
    register: createRegister(names),
    readRenamed: createReadRenamed(names),
    readInstances: createReadInstances(names),
    readOutdated: createReadOutdated(names),
    readStandings: createReadStandings(names),
    define: createDefine(names),
    readDefinitions: createReadDefinitions(names),
    lockJobs: createLockJobs(names),
    record: createRecord(names),
    renew: createRenew(names),
    settle: createSettle(names),
    lockExpired: createLockExpired(names),
    forgetJob: createForgetJob(names),
    release: createRelease(names),
    lockReleased: createLockReleased(names),
    takeUp: createTakeUp(names),
    takeOver: createTakeOver(names),
    handOverAgain: createHandOverAgain(names),
    readControl: createReadControl(names),
    applyCommand: createApplyCommand(names),
    readMeasures: createReadMeasures(names),
    listEntries: createListEntries(names),
    listLog: createListLog(names),
    prune: createPrune(names),
  }
}

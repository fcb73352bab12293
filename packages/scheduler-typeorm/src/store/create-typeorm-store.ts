import type { Store } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import type { SchemaOptions } from '../migrations/migrate-scheduler.ts'
import { tableNames } from '../sql/names.ts'
import { createApplyCommand, createReadControl } from './control.ts'
import { createListEntries } from './list-entries.ts'
import { createListLog } from './list-log.ts'
import { createLockExpired } from './lock-expired.ts'
import { createLockJobs } from './lock-jobs.ts'
import { createPrune } from './prune.ts'
import { createReadMeasures } from './read-measures.ts'
import { createRecord } from './record.ts'
import { createRegister } from './register.ts'
import { createRenew } from './renew.ts'
import { createSettle } from './settle.ts'

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
    lockJobs: createLockJobs(names),
    record: createRecord(names),
    renew: createRenew(names),
    settle: createSettle(names),
    lockExpired: createLockExpired(names),
    readControl: createReadControl(names),
    applyCommand: createApplyCommand(names),
    readMeasures: createReadMeasures(names),
    listEntries: createListEntries(names),
    listLog: createListLog(names),
    prune: createPrune(names),
  }
}

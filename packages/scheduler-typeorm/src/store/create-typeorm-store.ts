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
 * The ledger of schedulers in PostgreSQL, in tables of its own that no entity of the host's knows: plain SQL through
 * the sessions of `createTypeormSessions`, or any `EntityManager` in a transaction. Make the tables with
 * `migrateScheduler` first; `register` rejects with `SCHEMA_NOT_READY` otherwise.
 *
 * Failures that may pass reject with `STORE_UNAVAILABLE` and the database's error as the cause.
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

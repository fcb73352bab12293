import type { LockExpiredInput, Run } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import { lockExpired } from '../sql/lock-expired.ts'
import type { Names } from '../sql/names.ts'
import { toRun } from './ledger-rows.ts'
import { statement } from './statement.ts'

export function createLockExpired(names: Names) {
  const lock = statement('lockExpired', lockExpired(names))
  return async (session: EntityManager, { scheduler, now, limit }: LockExpiredInput): Promise<readonly Run[]> => {
    // A running run has asked no provider yet, as far as the ledger knows.
    return (await lock(session, scheduler, now, limit)).map((row) => toRun(row, new Map()))
  }
}

import type { Run } from '@pm/scheduler-core'
import type { LockExpiredInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { text } from '../query.ts'
import { lockExpired } from '../sql/lock-expired.ts'
import type { Names } from '../sql/names.ts'
import { selectExpiredJobs } from '../sql/select-expired-jobs.ts'
import { toRun } from './ledger-rows.ts'
import { JOB_ROWS } from './lock-jobs.ts'
import { createLockRows } from './lock-rows.ts'
import { salvage } from './salvage.ts'
import { statement } from './statement.ts'

/** Ticks hold jobs for less, and a sweep is a long time away from the next one. */
const LOCK_WAIT_MS = 500

/**
 * Locks the jobs before the runs, as a tick does that cancels the same runs: the two then cannot wait in a circle. Jobs
 * that another transaction holds are passed over: the next sweep finds their runs.
 */
export function createLockExpired(names: Names) {
  const findJobs = statement('lockExpired', selectExpiredJobs(names))
  const lockJobRows = createLockRows(names, 'lockExpired', JOB_ROWS)
  const lock = statement('lockExpired', lockExpired(names))

  return async (session: EntityManager, { scheduler, now, limit }: LockExpiredInput): Promise<readonly Run[]> => {
    const jobs = (await findJobs(session, scheduler, now, limit)).map((row) => text(row, 'job'))
    if (jobs.length === 0) return []
    const taken = await lockJobRows(session, { scheduler, keys: jobs, waitMs: LOCK_WAIT_MS })
    const free = taken.rows.map((row) => text(row, 'job'))
    const rows = await lock(session, scheduler, now, limit, free)
    // A running run has asked no provider yet, as far as the ledger knows.
    return salvage(rows, (row) => toRun(row, new Map())).read
  }
}

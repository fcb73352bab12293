import type { Run } from '@pm/scheduler-core'
import type { LockExpiredInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { text } from '../query.ts'
import { lockExpired } from '../sql/lock-expired.ts'
import type { Names } from '../sql/names.ts'
import { selectExpiredJobs } from '../sql/select-expired-jobs.ts'
import { toRun } from './ledger-rows.ts'
import { createLockJobRows } from './lock-job-rows.ts'
import { salvage } from './salvage.ts'
import { statement } from './statement.ts'

/** Longer than a tick holds a job's row. Worth waiting, because the next sweep is far away. */
const LOCK_WAIT_MS = 500

/**
 * Locks the jobs before the runs, in the same order as a tick that cancels these runs, so that the two cannot deadlock.
 * Skips jobs whose rows another transaction has locked: the next sweep finds their runs.
 */
export function createLockExpired(names: Names) {
  const findJobs = statement('lockExpired', selectExpiredJobs(names))
  const lockJobRows = createLockJobRows(names, 'lockExpired')
  const lock = statement('lockExpired', lockExpired(names))

  return async (session: EntityManager, input: LockExpiredInput): Promise<readonly Run[]> => {
    const { scheduler, now, limit } = input
    const jobs = (await findJobs(session, scheduler, now, limit, input.jobs)).map((row) => text(row, 'job'))
    if (jobs.length === 0) return []
    const taken = await lockJobRows(session, { scheduler, jobs, waitMs: LOCK_WAIT_MS })
    const free = taken.rows.map((row) => text(row, 'job'))
    const rows = await lock(session, scheduler, now, limit, input.jobs, free)
    return salvage(rows, toRun).read
  }
}

import { initialControl, type RegisterInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { assertSteps } from '../migrations/assert-steps.ts'
import { makePartitions, serverTime } from '../migrations/partitions.ts'
import { STEPS } from '../migrations/steps.ts'
import type { Names } from '../sql/names.ts'
import { JOB_SHAPE, registerJobs } from '../sql/register-jobs.ts'
import { registerScheduler } from '../sql/register-scheduler.ts'
import { toColumns } from '../sql/rowset.ts'
import { asStoreError } from '../store-error.ts'
import { assertDatabase } from './assert-database.ts'
import { statement } from './statement.ts'

/**
 * The first call of a scheduler to its store. It refuses unsupported settings and unsuitable tables, and names them.
 */
export function createRegister(names: Names) {
  const insertScheduler = statement('register', registerScheduler(names))
  const insertJobs = statement('register', registerJobs(names))

  return async (session: EntityManager, { scheduler, jobs, now }: RegisterInput): Promise<void> => {
    await assertDatabase(session)
    await asStoreError('register', () => assertSteps(session, names, STEPS))
    const { desired, by } = initialControl(now)
    await insertScheduler(session, scheduler, now, desired, by)
    if (jobs.length > 0) await insertJobs(session, scheduler, ...toColumns(JOB_SHAPE, jobs))
    await asStoreError('register', async () => makePartitions(session, names, await serverTime(session)))
  }
}

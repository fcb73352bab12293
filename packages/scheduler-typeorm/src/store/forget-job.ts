import { FORGOTTEN_JOBS, type ForgetJobInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { eraseJob, KEEP_FROM_FOLDING, keepRemainder, moveTotals } from '../sql/forget-job.ts'
import type { Names } from '../sql/names.ts'
import { statement } from './statement.ts'

export function createForgetJob(names: Names) {
  const keepFromFolding = statement('forgetJob', KEEP_FROM_FOLDING)
  const move = statement('forgetJob', moveTotals(names))
  const remain = statement('forgetJob', keepRemainder(names))
  const erase = eraseJob(names).map((sql) => statement('forgetJob', sql))

  return async (session: EntityManager, { scheduler, job, now }: ForgetJobInput): Promise<void> => {
    await keepFromFolding(session, names.schema, scheduler)
    await remain(session, scheduler, job, FORGOTTEN_JOBS, now)
    await move(session, scheduler, job, FORGOTTEN_JOBS)
    for (const from of erase) await from(session, scheduler, job)
  }
}

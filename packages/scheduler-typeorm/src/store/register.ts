import {
  initialControl,
  type JobPlaces,
  placeJobs,
  type RegisterInput,
  type RenamedJob,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { assertSteps } from '../migrations/assert-steps.ts'
import { makePartitions, serverTime } from '../migrations/partitions.ts'
import { STEPS } from '../migrations/steps.ts'
import { text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { JOB_SHAPE, registerJobs } from '../sql/register-jobs.ts'
import { registerScheduler } from '../sql/register-scheduler.ts'
import { RENAMED_SHAPE, renameJobs } from '../sql/renamed-jobs.ts'
import { toColumns } from '../sql/rowset.ts'
import { selectControl } from '../sql/select-control.ts'
import { selectKnownJobs } from '../sql/select-known.ts'
import { asStoreError } from '../store-error.ts'
import { assertDatabase } from './assert-database.ts'
import { createReadRenamed } from './renamed-jobs.ts'
import { statement } from './statement.ts'

/**
 * The first call of a scheduler to its store. It refuses unsupported settings and unsuitable tables, and names them.
 */
export function createRegister(names: Names) {
  const insertScheduler = statement('register', registerScheduler(names))
  const place = createPlaceJobs(names)

  return async (session: EntityManager, { scheduler, jobs, now }: RegisterInput): Promise<readonly string[]> => {
    await assertDatabase(session)
    await asStoreError('register', () => assertSteps(session, names, STEPS))
    const { desired, by } = initialControl(now)
    await insertScheduler(session, scheduler, now, desired, by)
    const added = jobs.length > 0 ? await place(session, { scheduler, jobs }) : []
    await asStoreError('register', async () => makePartitions(session, names, await serverTime(session)))
    return added
  }
}

/** Only one caller at a time places jobs: it holds the control state of the scheduler, as a command does. */
function createPlaceJobs(names: Names) {
  const lock = statement('register', selectControl(names, 'update'))
  const readRenamed = createReadRenamed(names)
  const selectKnown = statement('register', selectKnownJobs(names))
  const insert = statement('register', registerJobs(names))
  const rename = statement('register', renameJobs(names))

  async function placesOf(session: EntityManager, { scheduler, jobs }: PlaceInput): Promise<JobPlaces> {
    const renamed = await readRenamed(session, { scheduler })
    if (renamed.length === 0 && jobs.every(({ formerly = [] }) => formerly.length === 0))
      return { added: jobs, renamed }
    const asked = jobs.flatMap(({ job, formerly = [] }) => [job, ...formerly])
    const known = (await selectKnown(session, scheduler, asked)).map((row) => text(row, 'job'))
    return placeJobs(jobs, { renamed, known })
  }

  return async (session: EntityManager, input: PlaceInput): Promise<readonly string[]> => {
    const { scheduler } = input
    await lock(session, scheduler)
    const { added, renamed } = await placesOf(session, input)
    const rows = added.map(({ job, cursor }) => ({ job, cursor }))
    const inserted = rows.length > 0 ? await insert(session, scheduler, ...toColumns(JOB_SHAPE, rows)) : []
    if (renamed.length > 0) await rename(session, scheduler, ...toColumns(RENAMED_SHAPE, renamed.map(toRow)))
    return inserted.map((row) => text(row, 'job'))
  }
}

type PlaceInput = Pick<RegisterInput, 'scheduler' | 'jobs'>

function toRow({ job, called, others }: RenamedJob) {
  return { job, called, other_names: JSON.stringify(others) }
}

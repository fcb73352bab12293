import type { Run } from '@pm/scheduler-core'
import type { LockReleasedInput, ReleasedRuns, TakenUpRun, TakeUpInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integerOrNull } from '../query.ts'
import { lockReleased, selectNextReleased } from '../sql/lock-released.ts'
import type { Names } from '../sql/names.ts'
import { type Cells, columnsOf } from '../sql/rowset.ts'
import { selectTakenUp, TAKE_UP_SHAPE, takeUpRuns } from '../sql/take-up-runs.ts'
import { runId, toRun } from './ledger-rows.ts'
import { salvage } from './salvage.ts'
import { statement } from './statement.ts'

export function createLockReleased(names: Names) {
  const lock = statement('lockReleased', lockReleased(names))
  const findNext = statement('lockReleased', selectNextReleased(names))

  return async (session: EntityManager, input: LockReleasedInput): Promise<ReleasedRuns> => {
    const { scheduler, now, aheadFrom, startable, limit } = input
    const rows = await lock(session, scheduler, now, limit, startable, aheadFrom)
    const [next] = await findNext(session, scheduler, now, startable)
    const nextAt = next ? integerOrNull(next, 'next_at') : null
    return { runs: salvage(rows, toRun).read, nextAt: rows.length < limit ? nextAt : now }
  }
}

export function createTakeUp(names: Names) {
  const takeUp = statement('takeUp', takeUpRuns(names))
  const read = statement('takeUp', selectTakenUp(names))

  return async (session: EntityManager, { scheduler, runs }: TakeUpInput): Promise<readonly Run[]> => {
    if (runs.length === 0) return []
    const taken = await takeUp(session, scheduler, ...columnsOf(TAKE_UP_SHAPE, TAKE_UP_CELLS, runs))
    if (taken.length === 0) return []
    const rows = await read(
      session,
      scheduler,
      taken.map((row) => runId(row)),
    )
    return salvage(rows, toRun).read
  }
}

const TAKE_UP_CELLS: Cells<typeof TAKE_UP_SHAPE, TakenUpRun> = {
  id: ({ id }) => id,
  fence: ({ fence }) => fence,
  owner: ({ owner }) => owner,
  attempt: ({ attempt }) => attempt,
  started_at: ({ startedAt }) => startedAt,
  lease_until: ({ leaseUntil }) => leaseUntil,
  lateness_ms: ({ latenessMs }) => latenessMs,
}

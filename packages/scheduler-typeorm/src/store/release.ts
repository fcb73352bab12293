import { setTimeout as sleep } from 'node:timers/promises'

import type { ReleaseInput, ReleaseResult } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import type { Names } from '../sql/names.ts'
import { RELEASE_SHAPE, releaseRuns } from '../sql/release-runs.ts'
import { columnsOf } from '../sql/rowset.ts'
import { createFindOwned } from './find-owned.ts'
import { RELEASE_CELLS } from './lease-row.ts'
import { runId } from './ledger-rows.ts'
import { pausesWithin } from './lock-job-rows.ts'
import { statement } from './statement.ts'

/** Releases the runs whose rows are free at once, and tries the others again until `waitMs` are over. */
export function createRelease(names: Names) {
  const write = statement('release', releaseRuns(names))
  const findOwned = createFindOwned(names, 'release')

  return async (session: EntityManager, input: ReleaseInput): Promise<readonly ReleaseResult[]> => {
    const { scheduler, now, releases, waitMs } = input
    const released = new Set<string>()
    let missing = releases
    for (const pauseMs of [0, ...pausesWithin(waitMs)]) {
      if (missing.length === 0) break
      if (pauseMs > 0) await sleep(pauseMs)
      const rows = await write(session, scheduler, now, ...columnsOf(RELEASE_SHAPE, RELEASE_CELLS, missing))
      for (const row of rows) released.add(runId(row))
      const left = missing.filter((each) => !released.has(each.runId))
      const owned = await findOwned(session, scheduler, left)
      missing = left.filter((each) => owned.has(each.runId))
    }
    const locked = new Set<string>(missing.map((each) => each.runId))
    return releases.map(({ runId: id }) => (released.has(id) ? 'released' : locked.has(id) ? 'locked' : 'fenced'))
  }
}

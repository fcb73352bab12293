import { setTimeout as sleep } from 'node:timers/promises'

import type { EntityManager } from 'typeorm'

import { type Row, text } from '../query.ts'
import { lockJobs } from '../sql/lock-jobs.ts'
import type { Names } from '../sql/names.ts'
import { selectKnownJobs } from '../sql/select-known.ts'
import { statement } from './statement.ts'

export interface LockedRows {
  readonly rows: readonly Row[]
  /** The jobs whose rows another transaction has locked. */
  readonly locked: readonly string[]
}

export interface LockRequest {
  readonly scheduler: string
  readonly jobs: readonly string[]
  /** How long to wait for locked rows; `undefined` waits as long as the session's limits allow. */
  readonly waitMs: number | undefined
}

/** The pauses between attempts on locked rows. Ticks and settlements release rows within a few milliseconds. */
const PAUSES_MS = [2, 3, 5, 10, 20, 20, 40, 40, 80, 80, 100, 100]

/**
 * Locks the rows of jobs, which a unit of work does before it decides on them. With `waitMs` it locks free rows at once
 * and tries the others again until the time is over, so that a locked row delays only itself. It does not let the server
 * wait, because a lock timeout there would abort the whole transaction.
 */
export function createLockJobRows(names: Names, operation: string) {
  const wait = statement(operation, lockJobs(names, 'wait'))
  const pass = statement(operation, lockJobs(names, 'pass'))
  const find = statement(operation, selectKnownJobs(names))

  return async (session: EntityManager, { scheduler, jobs, waitMs }: LockRequest): Promise<LockedRows> => {
    if (waitMs === undefined) return { rows: await wait(session, scheduler, jobs), locked: [] }
    const rows = [...(await pass(session, scheduler, jobs))]
    let missing = without(jobs, rows)
    if (missing.length === 0) return { rows, locked: [] }
    missing = (await find(session, scheduler, missing)).map((row) => text(row, 'job'))
    for (const pauseMs of pausesWithin(waitMs)) {
      if (missing.length === 0) break
      await sleep(pauseMs)
      rows.push(...(await pass(session, scheduler, missing)))
      missing = without(missing, rows)
    }
    return { rows, locked: missing }
  }

  function without(some: readonly string[], rows: readonly Row[]): readonly string[] {
    const found = new Set(rows.map((row) => text(row, 'job')))
    return some.filter((each) => !found.has(each))
  }
}

/** The pauses before further attempts on locked rows, which take `waitMs` together at most. */
export function pausesWithin(waitMs: number): readonly number[] {
  let left = waitMs
  return PAUSES_MS.filter((pauseMs) => {
    left -= pauseMs
    return left >= 0
  })
}

import { setTimeout as sleep } from 'node:timers/promises'

import type { EntityManager } from 'typeorm'

import { type Row, text } from '../query.ts'
import type { WhenLocked } from '../sql/lock-clause.ts'
import type { Names } from '../sql/names.ts'
import { statement } from './statement.ts'

export interface LockRows {
  /** Writes the statement that locks rows; its parameters are the scheduler and the keys. */
  readonly lock: (names: Names, whenLocked: WhenLocked) => string
  /** Writes the statement that answers, as `key`, which of the keys exist. Same parameters. */
  readonly known: (names: Names) => string
  /** The column of the locked rows that holds their key. */
  readonly key: string
}

export interface LockedRows {
  readonly rows: readonly Row[]
  /** The keys of rows that another transaction holds. */
  readonly locked: readonly string[]
}

export interface LockRequest {
  readonly scheduler: string
  readonly keys: readonly string[]
  /** How long to wait for held rows; `undefined` waits as long as the session lets it. */
  readonly waitMs: number | undefined
}

/** Held rows are looked at again after these pauses: what a tick or a settlement holds is free in a few milliseconds. */
const PAUSES_MS = [2, 3, 5, 10, 20, 20, 40, 40, 80, 80, 100, 100]

/**
 * Locks rows by their keys. With `waitMs` it takes what is free at once and looks again for the rest until the time is
 * up: a row that somebody holds delays nothing but itself. The server is not left to wait, since a lock time-out there
 * would end the whole transaction.
 */
export function createLockRows(names: Names, operation: string, { lock, known, key }: LockRows) {
  const wait = statement(operation, lock(names, 'wait'))
  const pass = statement(operation, lock(names, 'pass'))
  const find = statement(operation, known(names))

  return async (session: EntityManager, { scheduler, keys, waitMs }: LockRequest): Promise<LockedRows> => {
    if (waitMs === undefined) return { rows: await wait(session, scheduler, keys), locked: [] }
    const rows = [...(await pass(session, scheduler, keys))]
    let missing = without(keys, rows)
    if (missing.length === 0) return { rows, locked: [] }
    missing = (await find(session, scheduler, missing)).map((row) => text(row, 'key'))
    for (const pauseMs of pausesWithin(waitMs)) {
      if (missing.length === 0) break
      await sleep(pauseMs)
      rows.push(...(await pass(session, scheduler, missing)))
      missing = without(missing, rows)
    }
    return { rows, locked: missing }
  }

  function without(keys: readonly string[], rows: readonly Row[]): readonly string[] {
    const found = new Set(rows.map((row) => text(row, key)))
    return keys.filter((each) => !found.has(each))
  }
}

function pausesWithin(waitMs: number): readonly number[] {
  let left = waitMs
  return PAUSES_MS.filter((pauseMs) => {
    left -= pauseMs
    return left >= 0
  })
}

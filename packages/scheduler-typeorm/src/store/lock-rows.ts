import { setTimeout as sleep } from 'node:timers/promises'

import type { EntityManager } from 'typeorm'

import { type Row, text } from '../query.ts'
import type { WhenLocked } from '../sql/lock-clause.ts'
import type { Names } from '../sql/names.ts'
import { statement } from './statement.ts'

export interface LockRows {
  /** Writes the statement that locks rows; its parameters are the scheduler and the keys. */
  readonly lock: (names: Names, whenLocked: WhenLocked) => string
  /** Writes the statement that returns, as column `key`, those of the keys that exist. Takes the same parameters. */
  readonly known: (names: Names) => string
  /** The column of the locked rows that holds their key. */
  readonly key: string
}

export interface LockedRows {
  readonly rows: readonly Row[]
  /** The keys of rows that another transaction has locked. */
  readonly locked: readonly string[]
}

export interface LockRequest {
  readonly scheduler: string
  readonly keys: readonly string[]
  /** How long to wait for locked rows; `undefined` waits as long as the session's limits allow. */
  readonly waitMs: number | undefined
}

/** The pauses between attempts on locked rows. Ticks and settlements release rows within a few milliseconds. */
const PAUSES_MS = [2, 3, 5, 10, 20, 20, 40, 40, 80, 80, 100, 100]

/**
 * Locks rows by their keys. With `waitMs` it locks free rows at once and tries the others again until the time is over,
 * so that a locked row delays only itself. It does not let the server wait, because a lock timeout there would abort
 * the whole transaction.
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

/** The pauses before further attempts on locked rows, which take `waitMs` together at most. */
export function pausesWithin(waitMs: number): readonly number[] {
  let left = waitMs
  return PAUSES_MS.filter((pauseMs) => {
    left -= pauseMs
    return left >= 0
  })
}

import { isSchedulerError, type SchedulerError } from '@pm/scheduler-core'

import type { Row } from '../query.ts'

/** What could be read of some rows, and why the others could not. */
export interface Salvage<T> {
  readonly read: readonly T[]
  readonly unreadable: readonly { readonly row: Row; readonly error: SchedulerError<'STORE_CORRUPT'> }[]
}

/** Reads row by row: one that holds what cannot be is told apart, and the others are there all the same. */
export function salvage<T>(rows: readonly Row[], read: (row: Row) => T): Salvage<T> {
  const good: T[] = []
  const unreadable: Salvage<T>['unreadable'][number][] = []
  for (const row of rows) {
    try {
      good.push(read(row))
    } catch (error) {
      if (!isSchedulerError(error, 'STORE_CORRUPT')) throw error
      unreadable.push({ row, error })
    }
  }
  return { read: good, unreadable }
}

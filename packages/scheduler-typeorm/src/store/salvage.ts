import { isSchedulerError, type SchedulerError } from '@pm/scheduler-core'

import type { Row } from '../query.ts'

/** The rows that could be read, and the reasons why others could not. */
export interface Salvage<T> {
  readonly read: readonly T[]
  readonly unreadable: readonly { readonly row: Row; readonly error: SchedulerError<'STORE_CORRUPT'> }[]
}

/** Reads row by row, so that a row with a corrupt value does not hide the others. */
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

import type { EpochMs } from '../clock.ts'
import type { SchedulerError } from '../errors.ts'
import type { RunId } from '../ids.ts'
import type { LedgerState, RunTrigger } from '../run/states.ts'

export interface PageQuery {
  readonly scheduler: string
  /** The most entries in the page, from 1. */
  readonly limit: number
  /** The `nextCursor` of the page before. Only the store knows what its text means. */
  readonly cursor?: string
}

export interface LedgerQuery extends PageQuery {
  readonly id?: RunId
  readonly job?: string
  /** The entries of these jobs. */
  readonly jobs?: readonly string[]
  readonly states?: readonly LedgerState[]
  /** The runs that one of these asked for. Due times that did not run have no trigger: this leaves them out. */
  readonly triggers?: readonly RunTrigger[]
  /** The runs that this instance owns or owned last. Due times that did not run have no owner: this leaves them out. */
  readonly instance?: string
  /** Due times in `[from, to)`. Manual runs have no due time: `from` or `to` leaves them out. */
  readonly from?: EpochMs
  readonly to?: EpochMs
}

/** Which commands to list (default all). */
export interface LogQuery extends PageQuery {
  /** The commands that name this job. */
  readonly job?: string
  /** The commands that name one of these jobs, and those that name none. */
  readonly jobs?: readonly string[]
  /** The commands that started or cancelled this run. */
  readonly runId?: RunId
}

export interface ResultPage<T> {
  readonly items: readonly T[]
  /** The `cursor` of the next page; `null` at the end. */
  readonly nextCursor: string | null
  /** One `STORE_CORRUPT` for each unreadable row of this page, which is left out (default none). */
  readonly unreadable?: readonly SchedulerError<'STORE_CORRUPT'>[]
}

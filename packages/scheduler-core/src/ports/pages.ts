import type { EpochMs } from '../clock.ts'
import type { SchedulerError } from '../errors.ts'
import type { RunId } from '../ids.ts'
import type { LedgerState } from '../run/states.ts'

export interface PageQuery {
  readonly scheduler: string
  /** At most this many, from 1. */
  readonly limit: number
  /** The `nextCursor` of the page before; its text is the store's own business. */
  readonly cursor?: string
}

export interface LedgerQuery extends PageQuery {
  readonly id?: RunId
  readonly job?: string
  readonly states?: readonly LedgerState[]
  /** Due times in `[from, to)`; manual runs have none and are left out when either is given. */
  readonly from?: EpochMs
  readonly to?: EpochMs
}

export interface ResultPage<T> {
  readonly items: readonly T[]
  /** Give it back to read on; `null` at the end. */
  readonly nextCursor: string | null
  /** Why rows of this page are left out: one `STORE_CORRUPT` for each that cannot be read (default none). */
  readonly unreadable?: readonly SchedulerError<'STORE_CORRUPT'>[]
}

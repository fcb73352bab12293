import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { NewRun, NewUnrunRange } from '../run/ledger-entry.ts'
import type { CursorWall } from './locked-jobs.ts'
import type { CommandReceipt } from './receipt.ts'

export interface RecordInput {
  readonly scheduler: string
  readonly changes: readonly JobChange[]
  /** Written, unless the store has one with its id. */
  readonly receipt?: CommandReceipt
}

export interface JobChange {
  readonly job: string
  /** The new cursor. It moves backwards only with `isReturn`; `null` leaves it where it is. */
  readonly cursor: EpochMs | null
  /**
   * Also moves the cursor backwards, because it lies ahead of the time (default false). From then on, until the cursor is
   * as far again, a claim or an unrun range is refused when the ledger has its id, under way or settled. The call has
   * nothing else for this job.
   */
  readonly isReturn?: boolean
  /** What the new cursor is in local time (default `null`: unknown, or no time zone counts). */
  readonly wall?: CursorWall | null
  readonly unrun: readonly NewUnrunRange[]
  readonly claims: readonly NewRun[]
  /** The running runs that their owners shall abort. */
  readonly cancel: readonly RunId[]
}

/** A run that this instance now owns. */
export interface ClaimedRun extends NewRun {
  readonly fence: number
}

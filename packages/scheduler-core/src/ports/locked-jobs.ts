import type { EpochMs } from '../clock.ts'
import type { ControlState } from '../control/control.ts'
import type { SchedulerError } from '../errors.ts'
import type { ReceiptId } from '../ids.ts'
import type { Run } from '../run/ledger-entry.ts'
import type { CommandReceipt } from './receipt.ts'

export interface LockJobsInput {
  readonly scheduler: string
  readonly jobs: readonly string[]
  /**
   * The unit will apply a command (default false): locks the control state for writing at once, against the deadlock of
   * two units that read it first.
   */
  readonly forCommand?: boolean
  /** How many milliseconds to wait for jobs that another transaction holds (default the unit's own limit). */
  readonly waitMs?: number
  /**
   * Also reads the receipt with this id, which no other unit can write before this unit ends. Only with `forCommand`.
   */
  readonly receipt?: ReceiptId
}

export interface LockedJobs {
  readonly control: ControlState
  readonly jobs: readonly JobLedger[]
  /** The requested receipt; `null` when there is none. */
  readonly receipt: CommandReceipt | null
  /** The jobs left out because the store holds invalid values of them (default none). */
  readonly unreadable?: readonly UnreadableJob[]
  /** The jobs left out because another transaction holds their rows (default none). */
  readonly locked?: readonly string[]
}

export interface UnreadableJob {
  readonly job: string
  /** Names the place and the invalid value. */
  readonly error: SchedulerError<'STORE_CORRUPT'>
}

/** A job's cursor and open runs. */
export interface JobLedger {
  readonly job: string
  /** The ledger accounts for every due time up to and including this instant. */
  readonly cursor: EpochMs
  /** The cursor that the job began with, or an earlier one that it went back to: due times after it are accounted for. */
  readonly since: EpochMs
  /** Its runs that are not settled, oldest first: running ones, and queued ones. */
  readonly running: readonly RunningRun[]
  /** As the process knew it that set the cursor; `null` when no time zone counts. */
  readonly wall: CursorWall | null
}

/** How far the clocks of a job's time zone had come at its cursor, by the time zone data of the process that set it. */
export interface CursorWall {
  readonly timezone: string
  /** The latest local time that they had shown, in milliseconds as if it were UTC. */
  readonly reached: number
}

export type RunningRun = Pick<
  Run,
  | 'id'
  | 'state'
  | 'owner'
  | 'fence'
  | 'attempt'
  | 'earlierAttempts'
  | 'trigger'
  | 'scheduledFor'
  | 'startedAt'
  | 'leaseUntil'
  | 'releasedAt'
  | 'latenessMs'
> &
  Partial<Pick<Run, 'input'>>

import type { EpochMs, LedgerEntry, Schedule } from '@pm/scheduler-core'
import type { RunTally } from '@pm/scheduler-core/store'

import type { HistoryLine } from './history.ts'

export interface HistoryCheck {
  /** What processes and handlers told. */
  readonly history: readonly HistoryLine[]
  /** All entries of the ledger, read when no process was left. */
  readonly ledger: readonly LedgerEntry[]
  readonly jobs: readonly CheckedJob[]
  readonly sweepMs: number
  /**
   * How much later than it should something may happen (default 1,000). Stalls that the history tells of come on top.
   */
  readonly toleranceMs?: number
}

export interface CheckedJob {
  readonly job: string
  readonly schedule: Schedule
  /** The cursor with which the job was registered first. */
  readonly since: EpochMs
  /** The job's cursor now: everything up to it is accounted for. */
  readonly cursor: EpochMs
  /** What the store counted over the job's lifetime. */
  readonly lifetime: RunTally
}

/** One thing that must not be. */
export interface Violation {
  readonly kind: ViolationKind
  /** What, in words. */
  readonly what: string
}

export const VIOLATION_KINDS = [
  /** A due time between the first cursor and the last is in no entry. */
  'due-time-lost',
  /** A due time is in more than one entry. */
  'due-time-twice',
  /** An entry stands for an instant that is no due time between the cursors, or counts its due times wrongly. */
  'not-due',
  /** An attempt of a run was started more than once. */
  'started-twice',
  /** A handler started for a run that the ledger does not have. */
  'start-unknown',
  /** A run is said to have succeeded, and its handler did not start or did not come to its end. */
  'success-untold',
  /** A run is still running although no process is left. */
  'stuck-running',
  /** A shutdown left a run open, and a process that opened later and was there long enough did not take it up. */
  'left-released',
  /** A process was there to find it, and it took too long to mark a run as orphaned. */
  'orphaned-late',
  /** The store took a write for a run whose outcome is another one, or took two. */
  'stale-write-taken',
  /** A process went on after its run was taken for dead, and its handler was not told in time. */
  'abort-late',
  /** The lifetime totals are not the sum of the entries. */
  'totals-differ',
] as const
export type ViolationKind = (typeof VIOLATION_KINDS)[number]

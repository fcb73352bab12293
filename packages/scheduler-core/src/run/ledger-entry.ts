import type { EpochMs } from '../clock.ts'
import type { InstanceId, RunId } from '../ids.ts'
import type { CallTally } from './counters.ts'
import type { JsonValue } from './json-value.ts'
import type { PastAttempt } from './past-attempt.ts'
import type { RunState, RunTrigger, SettledRunState, SkipReason, UnrunState } from './states.ts'
import type { StoredError } from './stored-error.ts'

/** One row of the ledger: a run, or due times that never ran. */
export type LedgerEntry = Run | UnrunRange

/** One execution of a job: of a due time, or a manual one. */
export interface Run {
  readonly kind: 'run'
  readonly id: RunId
  readonly scheduler: string
  readonly job: string
  readonly trigger: RunTrigger
  /** The nominal due time; `null` for a manual run. */
  readonly scheduledFor: EpochMs | null
  readonly state: RunState
  /** The present or last attempt, from 1: while the run waits for its next attempt, the last one that began. */
  readonly attempt: number
  /** How many attempts the runs had whose rerun it is: its own ones are counted from there. 0 unless it is a rerun. */
  readonly earlierAttempts: number
  /** Grows with every owner. The store ignores a write with an older fence. */
  readonly fence: number
  /** Who has the run or had it last; of a queued run, who claimed it. */
  readonly owner: InstanceId
  /** When it began; while it is queued, the same as `queuedAt`. */
  readonly startedAt: EpochMs
  /**
   * After this instant the sweep may settle the run as orphaned, unless its owner renews the lease. After it, a queued run
   * is handed to the engine again.
   */
  readonly leaseUntil: EpochMs
  /** Since when the run was queued, or had been until a worker took it over; `null` when it never was. */
  readonly queuedAt: EpochMs | null
  /** `startedAt - queuedAt`, never negative; `null` while it is queued, and when it never was. */
  readonly queueWaitMs: number | null
  /**
   * When the next attempt may begin, while the run waits for it; `null` while its handler runs and once it is settled.
   * In the past while a pause, or the lack of an instance or of room, makes it wait longer.
   */
  readonly nextAttemptAt: EpochMs | null
  /**
   * Since when the run is open without an owner: `owner` was shut down and released it, or it is a rerun that nobody has
   * begun. `null` while an instance has it.
   */
  readonly releasedAt: EpochMs | null
  /** What the owners that released the run count of its duration; the next owner goes on from there. */
  readonly spentMs: number
  /** Whether the owner shall abort the run. */
  readonly cancelRequested: boolean
  readonly settledAt: EpochMs | null
  /** `startedAt - scheduledFor`, never negative; `null` for a manual run and a backfill, and while it is queued. */
  readonly latenessMs: number | null
  /**
   * From start to outcome on the monotonic clock, without the time in which the run waited for a pause to end or for an
   * instance to take it up; `null` until settled, and for an orphan.
   */
  readonly durationMs: number | null
  readonly items: ItemCounts
  readonly calls: readonly ProviderCalls[]
  /** As of the last renewal of the lease; of a settled run, its last report. */
  readonly progress: RunProgress | null
  /** Of a settled run why it did not succeed; while it runs, the error of its last attempt that failed. */
  readonly error: StoredError | null
  /** As it was asked for, without its secrets; `null`: none was given, or it was erased after `inputRetentionMs`. */
  readonly input: JsonValue | null
  /** The attempts before the present or last one, oldest first: the latest 20. Absent when there are none. */
  readonly pastAttempts?: readonly PastAttempt[]
}

/** Consecutive due times, or one, that did not run for the same reason. */
export interface UnrunRange {
  readonly kind: 'unrun'
  readonly id: RunId
  readonly scheduler: string
  readonly job: string
  readonly state: UnrunState
  /** Given exactly when the state is `skipped`. */
  readonly reason: SkipReason | null
  /** The first due time. */
  readonly scheduledFor: EpochMs
  /** The last due time; equal to `scheduledFor` when there is one. */
  readonly through: EpochMs
  /** How many due times are in the range, both ends included. */
  readonly dueCount: number
  /** When this was decided. */
  readonly settledAt: EpochMs
}

/** The items that a run processed, as its handler reported them. */
export interface ItemCounts {
  readonly processed: number
  readonly failed: number
  readonly skipped: number
}

/** How far a run has come, in units of its handler's choice. */
export interface RunProgress {
  /** From 0 to `total`. */
  readonly done: number
  readonly total: number
  /** When the handler reported it. */
  readonly at: EpochMs
}

export const NO_ITEMS: ItemCounts = Object.freeze({ processed: 0, failed: 0, skipped: 0 })

/** The calls of one run to one provider. */
export interface ProviderCalls {
  readonly provider: string
  readonly tally: CallTally
}

/**
 * A run as it is claimed: the fields that its owner decides. With `queuedAt` it is claimed as `queued`: no attempt of it has
 * begun (`attempt` 0), and `leaseUntil` is when it is handed over again.
 */
export type NewRun = Pick<
  Run,
  'id' | 'job' | 'trigger' | 'scheduledFor' | 'attempt' | 'owner' | 'startedAt' | 'leaseUntil' | 'latenessMs'
> &
  Partial<Pick<Run, 'earlierAttempts' | 'nextAttemptAt' | 'releasedAt' | 'queuedAt' | 'input' | 'pastAttempts'>>

/** Due times that will not run, as a plan decides them. */
export type NewUnrunRange = Omit<UnrunRange, 'kind' | 'scheduler'>

/** The outcome of a run, as its owner or the sweep records it. */
export interface Settlement {
  readonly runId: RunId
  readonly job: string
  readonly fence: number
  readonly state: SettledRunState
  readonly settledAt: EpochMs
  readonly attempt: number
  readonly durationMs: number | null
  readonly items: ItemCounts
  readonly calls: readonly ProviderCalls[]
  readonly progress: RunProgress | null
  readonly error: StoredError | null
  /** Replaces those that the run has. Absent: it keeps them. */
  readonly pastAttempts?: readonly PastAttempt[]
}

import type { EpochMs } from '../clock.ts'
import type { InstanceId, RunId } from '../ids.ts'
import type { CallTally } from './counters.ts'
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
  /** The present or last attempt, from 1. */
  readonly attempt: number
  /** Grows with every owner. The store ignores a write with an older fence. */
  readonly fence: number
  readonly owner: InstanceId
  readonly startedAt: EpochMs
  /** After this instant the sweep may settle the run as orphaned, unless its owner renews the lease. */
  readonly leaseUntil: EpochMs
  /** Whether the owner shall abort the run. */
  readonly cancelRequested: boolean
  readonly settledAt: EpochMs | null
  /** `startedAt - scheduledFor`, never negative; `null` for a manual run and a backfill. */
  readonly latenessMs: number | null
  /** From start to outcome on the monotonic clock; `null` until settled, and for an orphan. */
  readonly durationMs: number | null
  readonly items: ItemCounts
  readonly calls: readonly ProviderCalls[]
  /** As of the last renewal of the lease; of a settled run, its last report. */
  readonly progress: RunProgress | null
  readonly error: StoredError | null
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

/** A run as it is claimed: the fields that its owner decides. */
export type NewRun = Pick<
  Run,
  'id' | 'job' | 'trigger' | 'scheduledFor' | 'attempt' | 'owner' | 'startedAt' | 'leaseUntil' | 'latenessMs'
>

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
}

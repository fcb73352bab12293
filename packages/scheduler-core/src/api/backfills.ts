import type { EpochMs } from '../clock.ts'
import type { CommandOptions, CommandResult } from './commands.ts'
import type { TimeRange } from './queries.ts'

export interface BackfillOptions extends CommandOptions, TimeRange {}

export interface BackfillResult extends CommandResult {
  /** How many due times wait for their turn. */
  readonly queued: number
}

/** What a backfill would run. */
export interface BackfillPreview {
  /** The due times that would run, oldest first. */
  readonly dueTimes: readonly EpochMs[]
  /** What `backfillJob` would answer: it queues these, and those that are passed over when their turn comes. */
  readonly queued: number
  /** How many due times of the range would not run, by the reason. */
  readonly left: {
    /** Their own run, or a rerun of it, succeeded. */
    readonly succeeded: number
    /** Their own run is under way. */
    readonly running: number
    /** They were backfilled before, which happens once, whatever came of it. */
    readonly backfilled: number
    /** A calendar excludes them. */
    readonly excluded: number
    /** The schedule itself still decides about them. */
    readonly undecided: number
  }
}

/** What is left of the backfills of a job that were asked of this instance. */
export interface BackfillQueue {
  /** The due times that wait for their turn, oldest first. */
  readonly waiting: readonly EpochMs[]
  /** Backfill runs of the job that are under way here. */
  readonly running: number
  /** Backfill runs that this queue has claimed, and that are over. */
  readonly done: number
  /** Due times whose turn came and that needed no run. */
  readonly passedOver: number
}

export interface CancelBackfillResult extends CommandResult {
  /** How many due times waited. */
  readonly dropped: number
}

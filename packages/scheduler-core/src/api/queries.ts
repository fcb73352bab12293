import type { Instant } from '../clock.ts'
import type { DueTime } from '../plan/due-times.ts'
import type { LedgerQuery } from '../ports/pages.ts'
import type { Run } from '../run/ledger-entry.ts'
import type { ScheduleInput } from '../schedule/schedule-input.ts'
import type { ReadOptions } from './read-options.ts'

/** The instants in `[from, to)`. */
export interface TimeRange {
  /** The first instant of the range. */
  readonly from: Instant
  /** The first instant after the range. */
  readonly to: Instant
}

/** What to foresee of a job. */
export interface PreviewOptions extends ReadOptions {
  /** The first instant (default now). */
  readonly from?: Instant
  /** In place of the job's schedule, as if it took effect now (default the job's). It is checked as by `configureJob`. */
  readonly schedule?: ScheduleInput
}

/** Whose due times to foresee. */
export interface UpcomingOptions extends ReadOptions {
  /** Only these jobs (default all). */
  readonly jobs?: readonly string[]
}

/** What to audit. */
export interface AuditQuery extends TimeRange {
  /** Only this job (default all). */
  readonly job?: string
  /** Only these jobs (default all). */
  readonly jobs?: readonly string[]
}

/** Which due times of a job to list: those in `[from, to)`, past and future. */
export interface DueTimesQuery extends TimeRange {
  /** The most due times in the page, from 1 to 2,000 (default 500). */
  readonly limit?: number
  /** The `nextCursor` of the page before (default the first page). */
  readonly cursor?: string
}

/** A page of a job's due times. */
export interface DueTimesPage {
  /** Oldest first, each due time once. Fewer than `limit` do not mean that it is the last page. */
  readonly items: readonly DueTime[]
  /** The `cursor` of the next page; `null` at the end. */
  readonly nextCursor: string | null
  /**
   * The manual runs that began in the whole range, latest first, at most 200. Only the first page has them.
   */
  readonly manual: readonly Run[]
  /** False when there may be more manual runs than `manual` has. */
  readonly manualComplete: boolean
}

/** Which runs to list (default all). */
export interface RunsQuery extends Partial<Omit<LedgerQuery, 'scheduler' | 'from' | 'to'>> {
  /**
   * The first due time (default the oldest that is kept). `from` and `to` leave manual runs out: they have no due time.
   */
  readonly from?: Instant
  /** The first instant after the range (default none). */
  readonly to?: Instant
}

export interface SnapshotOptions {
  /**
   * The age up to which a shared snapshot may be served (default 1,000 ms; 0 takes a new one), unless it began before
   * the last command on this scheduler.
   */
  readonly maxAgeMs?: number
}

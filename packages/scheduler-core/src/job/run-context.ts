import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { SessionOptions } from '../ports/session-provider.ts'
import type { ItemCounts } from '../run/ledger-entry.ts'
import type { RunTrigger } from '../run/states.ts'

/** What a handler is given for one attempt of one run. `S` is the session type of the scheduler's provider. */
export interface RunContext<S = unknown> {
  /** The name of the scheduler. */
  readonly scheduler: string
  /** The name of the job. */
  readonly job: string
  /** The id of the run in the ledger; all its attempts share it. */
  readonly runId: RunId
  /** What asked for the run: `schedule`, `manual`, `backfill` or `rerun`. */
  readonly trigger: RunTrigger
  /** The nominal due time; `null` for a manual run. */
  readonly scheduledFor: EpochMs | null
  /** When the run was claimed; all its attempts share it. */
  readonly startedAt: EpochMs
  /** Which try this is, counted from 1. */
  readonly attempt: number
  /** Aborts when the run times out, is cancelled, loses its lease, or the scheduler gives up waiting for it. */
  readonly signal: AbortSignal
  /** The scheduler's logger, without the values of `secrets`. */
  readonly logger: Logger

  /** A fresh session for one unit of work of this run; it is committed or rolled back, and revoked, when `work` ends. */
  withSession<T>(work: (session: S) => Promise<T>, options?: SessionOptions): Promise<T>

  /**
   * Adds to the run's items. Whole numbers from 0 to 10^12 in one call; what is left out counts 0. Their sum in a run stops
   * at 2^53 - 1.
   *
   * @throws SchedulerError `INVALID_OPTIONS` for anything else.
   */
  report(items: Partial<ItemCounts>): void

  /**
   * Records one request to an external provider, at most 50 different ones in a run.
   *
   * @throws SchedulerError `INVALID_OPTIONS` when its duration is no amount of time, or its provider's name cannot be one.
   */
  recordCall(call: ProviderCall): void

  /**
   * How far a long run has come, for those who watch, in whatever unit suits: numbers from 0 to 2^53 - 1. More done than
   * there is in total counts as all of it. As cheap as an assignment: the next renewal of the lease (three per lease)
   * writes what was said last, and so does the run's settlement. A new attempt begins without any.
   *
   * @throws SchedulerError `INVALID_OPTIONS` for anything that is no such number.
   */
  progress(done: number, total: number): void

  /** Whether this external provider may be called: the host enables it, and no operator has switched it off. */
  isProviderEnabled(name: string): boolean

  /**
   * Settles the run as succeeded inside the handler's own transaction: what it wrote and the run's success commit
   * together or not at all. With the session of `ctx.withSession` the run is settled when `work` ends, just before the
   * commit, and `withSession` rejects with `LEASE_LOST` when another owner has the run by then: nothing is committed. In a
   * transaction of another making it is settled at once. Its rows then stay locked until that transaction ends, which delays
   * this job: let `complete` come last there. What the handler returns or reports after the commit is ignored.
   */
  complete(session: S): Promise<void>
}

/** One request to an external provider, as its caller saw it. */
export interface ProviderCall {
  /** 1 to 100 characters without control characters, lone surrogates and space at the ends. */
  readonly provider: string
  /**
   * `succeeded` only when validated data came out of the answer; `rate_limited` when the provider refused for its
   * quota; `failed` otherwise.
   */
  readonly outcome: 'succeeded' | 'failed' | 'rate_limited'
  /** Whether any answer came, good or bad. A time-out or a broken connection is none. */
  readonly answered: boolean
  /** From 0 to 2^31 - 1; counted in whole milliseconds, half a millisecond as a whole one. */
  readonly durationMs: number
  /** Whether another provider was asked first (default false). */
  readonly fallback?: boolean
}

import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { SessionOptions } from '../ports/session-provider.ts'
import type { ItemCounts } from '../run/ledger-entry.ts'
import type { RunTrigger } from '../run/states.ts'

/**
 * The argument of a handler, for one attempt of one run. `S` is the session type, `I` that of the input. Each part is made
 * when it is first asked for, and works when it is taken out: `({ signal, report }) => …`. Pass the context on as it is: a
 * copy such as `{ ...ctx }` lacks most parts.
 */
export interface RunContext<S = unknown, I = unknown> {
  /** The name of the scheduler. */
  readonly scheduler: string
  /** The name of the job. */
  readonly job: string
  /** The id of the run in the ledger; all its attempts share it. */
  readonly runId: RunId
  /** What asked for the run: `schedule`, `manual`, `backfill` or `rerun`. */
  readonly trigger: RunTrigger
  /**
   * The input of the run, as the job's schema parses it for each attempt; `undefined` for a job without a schema.
   */
  readonly input: I
  /** The nominal due time; `null` for a manual run. */
  readonly scheduledFor: EpochMs | null
  /** When the run was claimed; all its attempts share it. */
  readonly startedAt: EpochMs
  /** Which try this is, counted from 1. */
  readonly attempt: number
  /** Aborts when the run times out, is cancelled, loses its lease, or is no longer waited for. */
  readonly signal: AbortSignal
  /** The scheduler's logger, without the values of `secrets`. Every line names the job, the run and the attempt. */
  readonly logger: Logger

  /**
   * Runs `work` in a new session, as one unit of work of this run. When `work` ends, the unit is committed or rolled
   * back and the session is revoked.
   */
  withSession<T>(work: (session: S) => Promise<T>, options?: SessionOptions): Promise<T>

  /**
   * Adds to the run's item counts: whole numbers from 0 to 10^12 in one call (default 0). The run's sum stops at 2^53 -
   * 1.
   *
   * @throws SchedulerError `INVALID_OPTIONS` for anything else.
   */
  report(items: Partial<ItemCounts>): void

  /**
   * Records one request to an external provider: at most 50 different ones in a run, and 100 in all runs of the job since
   * its process began. As cheap as an assignment, however many there are.
   *
   * @throws SchedulerError `INVALID_OPTIONS` for an invalid duration or provider name.
   */
  recordCall(call: ProviderCall): void

  /**
   * Reports the progress of a long run, in any unit: numbers from 0 to 2^53 - 1, `done` at most `total` (more counts as
   * `total`). As cheap as an assignment: the latest report is written with the next renewal of the lease (three per
   * lease) and the settlement. A new attempt begins without progress.
   *
   * @throws SchedulerError `INVALID_OPTIONS` for any other number or value.
   */
  progress(done: number, total: number): void

  /** Whether this provider may be called: the host enables it, and no operator has switched it off. */
  isProviderEnabled(name: string): boolean

  /**
   * Settles the run as succeeded inside the handler's own transaction: its writes and the run's success commit together
   * or not at all. With the session of `ctx.withSession` the run is settled when `work` ends, just before the commit;
   * when another owner has the run by then, `withSession` rejects with `LEASE_LOST` and nothing is committed. In
   * another transaction the run is settled at once, and its rows stay locked until that ends, which delays this job:
   * call `complete` last there. What the handler returns or reports after the commit is ignored.
   */
  complete(session: S): Promise<void>
}

/** One request to an external provider, as its caller saw it. */
export interface ProviderCall {
  /** 1 to 100 visible characters, with spaces only between them, and not `__proto__`. */
  readonly provider: string
  /**
   * `succeeded` only with validated data; `rate_limited` when the provider refused because of its quota; `refused` when
   * it answered well that it does not have what was asked for; `failed` otherwise. A success rate counts the first and
   * the last.
   */
  readonly outcome: 'succeeded' | 'failed' | 'rate_limited' | 'refused'
  /** Whether the provider answered, well or badly; a time-out or broken connection is no answer. */
  readonly answered: boolean
  /** From 0 to 2^31 - 1; rounded to whole milliseconds, halves up. */
  readonly durationMs: number
  /** Whether another provider was asked first (default false). */
  readonly fallback?: boolean
}

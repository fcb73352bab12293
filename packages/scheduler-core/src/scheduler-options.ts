import type { CheckedReads, ReadsOptions } from './budget/reads.ts'
import type { Clock } from './clock.ts'
import type { CorrectedClock } from './host/corrected-clock.ts'
import type { HealthReasons } from './host/guard-health-reasons.ts'
import type { GuardedProbe } from './host/guard-probe.ts'
import type { ProcessProbe } from './host/process-probe.ts'
import type { AnyJobOptions, Job } from './job/job.ts'
import type { AnyJobTemplate, JobTemplate } from './job/job-template.ts'
import type { OnRunError } from './job/on-run-error.ts'
import type { CustomMetric } from './metrics/custom-metric.ts'
import type { AroundRun } from './ports/around-run.ts'
import type { Declared } from './ports/declared.ts'
import type { Engine } from './ports/engine.ts'
import type { FeedsSource } from './ports/feeds.ts'
import type { Logger } from './ports/logger.ts'
import type { ProvidersSource } from './ports/providers.ts'
import type { SessionProvider } from './ports/session-provider.ts'
import type { Store } from './ports/store.ts'
import type { Redact } from './redact/redact.ts'
import type { ToStoredError } from './run/stored-error.ts'
import type { SchedulerRole } from './state/role.ts'

/** The options of `createScheduler`. `S` is the session type of provider and store. */
export interface SchedulerOptions<S extends object> {
  /**
   * Its name in the store, in responses and in logs, with the form of a job's name. Several schedulers may share a
   * store.
   */
  readonly name: string
  /** The jobs, as `defineJob` made them, or its options. */
  readonly jobs: readonly AnyJobOptions<S>[]
  /** The templates, as `defineJobTemplate` made them, whose jobs this process runs (default none). */
  readonly templates?: readonly AnyJobTemplate<S>[]
  /**
   * What this process does (default `scheduler`: it decides what is due, and runs it or hands it to the engine). For an
   * observer see `ObserverOptions`, for a worker `createWorker`.
   */
  readonly role?: 'scheduler'
  /**
   * The deployment that this process belongs to, such as a release number or a build id: 1 to 200 printable characters.
   * The first deployment to appear with a new one decides how the jobs are defined (default: each definition of a job is
   * a deployment of its own).
   */
  readonly deployment?: string
  /** Opens the units of work: from `createTypeormSessions`, `createMemoryBackend` or your own. */
  readonly sessions: SessionProvider<S>
  /** Keeps the ledger: from `createTypeormStore`, `createMemoryBackend` or your own. */
  readonly store: Store<S>
  /** Describes the external sources that the jobs call, at every snapshot, and declares their conditions (default none). */
  readonly providers?: ProvidersSource
  /** The feeds of the market-data view (default none). */
  readonly feeds?: FeedsSource<S, string>
  /** The host's own reasons of health, which make it `warn`; asked at every snapshot (default none). */
  readonly healthReasons?: HealthReasons
  /** The host's own metrics, made with `defineMetric`, read at every snapshot (default none). */
  readonly metrics?: readonly CustomMetric[]
  /**
   * Measures the process (default its CPU, memory and event loop); `null` measures nothing. One that throws reads as
   * `null`.
   */
  readonly processProbe?: ProcessProbe | null
  /**
   * Takes the log, such as a pino logger or `consoleLogger()` (default silent). Every line names the scheduler, and where
   * there is one the job and the run. What it throws or rejects with is dropped.
   */
  readonly logger?: Logger
  /**
   * Called once for each run that did not succeed, when the store has written its outcome, by the instance that settled
   * it: for Sentry and the like (default none). `error` is what the handler threw, as it is and with its secrets, or the
   * `SchedulerError` that says why the run ended. What this function throws or rejects with is logged.
   */
  readonly onRunError?: OnRunError
  /** Tells the time and sets every timer. Tests pass a manual one (default the host's clock). */
  readonly clock?: Clock
  /**
   * Carries the runs that are claimed here to workers, which `createWorker` makes: from `createPgBossEngine`,
   * `createBullmqEngine` or your own (default none: they begin in this process, at once). With an engine this process
   * executes nothing.
   */
  readonly engine?: Engine<S>
  /**
   * How long a run may wait for a worker before it is handed to the engine again, in case its message was lost (default
   * 60,000).
   */
  readonly queueTimeoutMs?: number
  /** Called around each run that begins in this process, such as `createRunTracing` makes it (default nothing is). */
  readonly aroundRun?: AroundRun
  /**
   * Whether to correct the clock by the store's, so that instances agree on the time (default: true unless `clock` is
   * given).
   */
  readonly followStoreClock?: boolean
  /**
   * Whether the process stays alive while the scheduler is open, even when nothing else holds it (default true). With
   * `false` it may exit between two due times.
   */
  readonly keepAlive?: boolean
  /** The version of the time zone data here, such as 2026a; `null`: unknown, which counts as oldest (default Node's). */
  readonly timeZoneData?: string | null
  /**
   * How many runs this instance executes at a time (default 50; `Infinity` for no limit). With an engine: how many runs of
   * a job a backfill keeps open at a time.
   */
  readonly concurrency?: number
  /**
   * What becomes of the place in `concurrency` of a handler that goes on although its run has ended, because it ignores
   * its signal (default `keep-place`). With `let-go` another run may start beside it; such handlers can then pile up.
   */
  readonly abandonedHandlers?: 'keep-place' | 'let-go'
  /**
   * How long a claimed run belongs to this instance without a renewal (default 15,000). Then a dead process's run is
   * orphaned.
   */
  readonly leaseMs?: number
  /** How often the scheduler looks for expired leases (default 5,000). */
  readonly sweepMs?: number
  /** How often to read the control state, for commands given on other instances (default 1,000). */
  readonly watchMs?: number
  /** How long `close` and `stop` wait for running work before they abort it (default 10,000). */
  readonly graceMs?: number
  /**
   * How long settled entries are kept (default 30 days). A store that drops whole days at once, as on PostgreSQL, keeps
   * them up to a day longer.
   */
  readonly retentionMs?: number
  /**
   * How long the inputs of settled runs are kept, at most `retentionMs` (default 7 days, or `retentionMs` where that is
   * less). The runs stay, without them.
   */
  readonly inputRetentionMs?: number
  /** How long the log of commands is kept, at least `retentionMs` (default 400 days, or `retentionMs` if more). */
  readonly logRetentionMs?: number
  /**
   * What questions may cost that are answered from the store: audits, histories, explanations, lists (default as
   * `ReadsOptions` says). Status, readiness and due times never wait for them.
   */
  readonly reads?: ReadsOptions
  /** The recent window of every view (default 24 h). */
  readonly recentWindowMs?: number
  /**
   * Values, such as API keys, that are removed from every text that is stored, logged, sent, traced or used as a label,
   * in whatever form they stand there (default none).
   */
  readonly secrets?: readonly string[]
  /**
   * The host's own rule: gets each such text redacted, and returns it with more taken out (default none). It is called
   * for every line. Where it throws, or returns no text, the whole text is `[redacted]`.
   */
  readonly redact?: (text: string) => string
  /**
   * Whether the ledger keeps the stack of what a handler throws, redacted, up to 8,000 characters (default false). The
   * routes answer it only to callers who may control the job. The log has every stack in any case.
   */
  readonly storeStacks?: boolean
}

/**
 * The options of an observer: a process that reads and commands through the store and runs nothing. It has no jobs of its
 * own, but those that the others have. It counts neither as an instance nor as one that could run a job.
 */
export interface ObserverOptions<S extends object>
  extends Omit<
    SchedulerOptions<S>,
    'jobs' | 'templates' | 'role' | 'deployment' | 'engine' | 'queueTimeoutMs' | 'aroundRun'
  > {
  /** What this process does: it reads and commands, and runs nothing. */
  readonly role: 'observer'
  /** None: an observer has the jobs that the store knows (default none). */
  readonly jobs?: readonly []
}

export interface CheckedOptions<S extends object>
  extends Required<
    Omit<
      SchedulerOptions<S>,
      | 'jobs'
      | 'templates'
      | 'role'
      | 'engine'
      | 'aroundRun'
      | 'clock'
      | 'onRunError'
      | 'feeds'
      | 'processProbe'
      | 'secrets'
      | 'redact'
      | 'storeStacks'
      | 'deployment'
      | 'reads'
    >
  > {
  readonly role: SchedulerRole
  /** `null`: claimed runs begin in this process, at once. */
  readonly engine: Engine<S> | null
  readonly aroundRun: AroundRun | null
  readonly deployment: string | null
  readonly reads: CheckedReads
  readonly processProbe: GuardedProbe | null
  readonly feeds: FeedsSource<S, string> | null
  /** What `feeds` and `providers` declare. */
  readonly declared: Declared
  readonly clock: CorrectedClock
  readonly onRunError: OnRunError | null
  readonly jobs: ReadonlyMap<string, Job<S>>
  readonly templates: ReadonlyMap<string, JobTemplate<S>>
  readonly storeStacks: boolean
  /** Made from `secrets` and the host's own rule. */
  readonly redact: Redact
  /** Made from `secrets` and `storeStacks`. */
  readonly toStoredError: ToStoredError
}

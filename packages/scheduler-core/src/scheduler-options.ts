import * as z from 'zod'
import { type CheckedReads, type ReadsOptions, readsOption } from './budget/reads.ts'
import { type Clock, systemClock } from './clock.ts'
import { checkFeeds } from './host/check-feeds.ts'
import { type CorrectedClock, createCorrectedClock } from './host/corrected-clock.ts'
import { declaredOf } from './host/declared-of.ts'
import { deploymentOption } from './host/deployment-option.ts'
import type { HealthReasons } from './host/guard-health-reasons.ts'
import { guardLogger } from './host/guard-logger.ts'
import { type GuardedProbe, guardProbe } from './host/guard-probe.ts'
import { createProcessProbe, type ProcessProbe } from './host/process-probe.ts'
import { fitRetention, retentionFields } from './host/retention-options.ts'
import { timeZoneDataOption } from './host/time-zone-data-option.ts'
import { checkJobs } from './job/check-jobs.ts'
import { jobName } from './job/define-job.ts'
import type { AnyJobOptions, Job } from './job/job.ts'
import { type AnyJobTemplate, checkTemplates, type JobTemplate } from './job/job-template.ts'
import type { OnRunError } from './job/on-run-error.ts'
import { lazily } from './lazily.ts'
import { providersOption, refuseDuplicateIds } from './metrics/check-declared.ts'
import { type CustomMetric, customMetric } from './metrics/custom-metric.ts'
import { feedsOption } from './metrics/feeds-option.ts'
import { aFunction } from './options/a-function.ts'
import { parseOptions } from './options/parse-options.ts'
import { refuseOption } from './options/refuse-option.ts'
import type { Declared } from './ports/declared.ts'
import type { Engine } from './ports/engine.ts'
import type { FeedsSource } from './ports/feeds.ts'
import type { Logger } from './ports/logger.ts'
import type { ProvidersSource } from './ports/providers.ts'
import type { SessionProvider } from './ports/session-provider.ts'
import type { Store } from './ports/store.ts'
import { createRedact } from './redact/create-redact.ts'
import type { Redact } from './redact/redact.ts'
import { createToStoredError, type ToStoredError } from './run/stored-error.ts'
import { SCHEDULER_ROLES, type SchedulerRole } from './state/role.ts'

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
  /** What this process does (default `worker`: it runs its jobs). For an observer see `ObserverOptions`. */
  readonly role?: 'worker'
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
   * Brings claimed runs to where they are executed, such as `createTracingEngine` (default none: they begin in this process,
   * at once).
   */
  readonly engine?: Engine
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
  /** How many runs this instance executes at a time (default 50; `Infinity` for no limit). */
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
 * own, but those that the workers have. It counts neither as an instance nor as one that could run a job.
 */
export interface ObserverOptions<S extends object>
  extends Omit<SchedulerOptions<S>, 'jobs' | 'templates' | 'role' | 'deployment'> {
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
  readonly engine: Engine | null
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

const HOUR_MS = 3_600_000

const isObject = (value: unknown) => typeof value === 'object' && value !== null
const port = lazily(() => z.custom<object>(isObject, { error: 'an implementation of the port' }))

const schema = lazily(() =>
  z.strictObject({
    name: jobName(),
    deployment: deploymentOption(),
    jobs: z.array(z.unknown()).optional(),
    templates: z.array(z.unknown()).optional(),
    role: z.enum(SCHEDULER_ROLES).default('worker'),
    sessions: port(),
    store: port(),
    providers: providersOption().optional(),
    feeds: feedsOption().optional(),
    healthReasons: aFunction().optional(),
    metrics: z.array(customMetric()).default([]),
    processProbe: port().nullable().optional(),
    logger: port().optional(),
    onRunError: aFunction().optional(),
    clock: port().optional(),
    engine: port().optional(),
    followStoreClock: z.boolean().optional(),
    keepAlive: z.boolean().default(true),
    timeZoneData: timeZoneDataOption(),
    concurrency: z
      .union([z.int().min(1), z.literal(Infinity)], { error: 'a whole number from 1, or Infinity' })
      .default(50),
    abandonedHandlers: z.enum(['keep-place', 'let-go']).default('keep-place'),
    leaseMs: z.int().min(1_000).max(HOUR_MS).default(15_000),
    sweepMs: z.int().min(100).max(HOUR_MS).default(5_000),
    watchMs: z.int().min(100).max(HOUR_MS).default(1_000),
    graceMs: z
      .int()
      .min(0)
      .max(24 * HOUR_MS)
      .default(10_000),
    ...retentionFields(),
    reads: readsOption(),
    secrets: z.array(z.string()).default([]),
    redact: aFunction().optional(),
    storeStacks: z.boolean().default(false),
  }),
)

/** Checks the options and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function checkOptions<S extends object>(options: SchedulerOptions<S> | ObserverOptions<S>): CheckedOptions<S> {
  const { secrets, storeStacks, ...checked } = parseOptions(schema(), options, 'scheduler')
  assertJobsOf(options)
  const declared = declaredOf(checked)
  refuseDuplicateIds(checked.metrics, declared)
  const clock = createCorrectedClock(options.clock ?? systemClock)
  const redact = createRedact(secrets, options.redact && { own: options.redact })
  const logger = guardLogger(options.logger, { scheduler: checked.name, redact })
  const probe = options.processProbe === undefined ? createProcessProbe(clock) : options.processProbe
  return Object.freeze({
    ...checked,
    deployment: checked.deployment === undefined ? null : redact(checked.deployment),
    ...fitRetention(checked),
    metrics: Object.freeze(checked.metrics),
    feeds: checkFeeds(options.feeds, declared),
    declared,
    processProbe: probe && guardProbe(probe, logger),
    storeStacks,
    redact,
    toStoredError: createToStoredError({ redact, withStack: storeStacks }),
    jobs: checkJobs<S>(options.jobs ?? []),
    templates: checkTemplates<S>('templates' in options ? options.templates : []),
    sessions: options.sessions,
    store: options.store,
    providers: options.providers ?? { describe: () => [] },
    healthReasons: options.healthReasons ?? (() => []),
    logger,
    onRunError: options.onRunError ?? null,
    clock,
    followStoreClock: options.followStoreClock ?? options.clock === undefined,
    engine: options.engine ?? null,
  })
}

/** A worker says which jobs it has, be it none yet. An observer has those of the workers. */
function assertJobsOf<S extends object>(options: SchedulerOptions<S> | ObserverOptions<S>): void {
  const { role, jobs } = options
  const { templates = [] } = 'templates' in options ? options : {}
  if (role === 'observer' && templates.length > 0)
    refuseOption({ path: 'scheduler.templates', value: templates, expected: 'none: an observer runs nothing' })
  if (role !== 'observer' && jobs === undefined)
    refuseOption({ path: 'scheduler.jobs', value: jobs, expected: 'a list of jobs, which may be empty' })
  if (role === 'observer' && jobs !== undefined && jobs.length > 0)
    refuseOption({ path: 'scheduler.jobs', value: jobs, expected: 'none: an observer has the jobs of the workers' })
}

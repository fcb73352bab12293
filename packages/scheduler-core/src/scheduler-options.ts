import { z } from 'zod'
import { type Clock, systemClock } from './clock.ts'
import { type CorrectedClock, createCorrectedClock } from './host/corrected-clock.ts'
import { type GuardedProbe, guardProbe } from './host/guard-probe.ts'
import { createProcessProbe, type ProcessProbe } from './host/process-probe.ts'
import { redactingLogger } from './host/redacting-logger.ts'
import { safeLogger } from './host/safe-logger.ts'
import { checkJob, jobName } from './job/define-job.ts'
import type { Job, JobOptions } from './job/job.ts'
import { feedWords, providerConditions, refuseDuplicateIds } from './metrics/check-declared.ts'
import type { CustomMetric } from './metrics/custom-metric.ts'
import { parseOptions } from './options/parse-options.ts'
import { refuseOption } from './options/refuse-option.ts'
import type { Declared } from './ports/declared.ts'
import { createInProcessEngine, type Engine } from './ports/engine.ts'
import type { FeedsSource } from './ports/feeds.ts'
import { type Logger, silentLogger } from './ports/logger.ts'
import type { ProvidersSource } from './ports/providers.ts'
import type { SessionProvider } from './ports/session-provider.ts'
import type { Store } from './ports/store.ts'
import { createRedact } from './run/redact.ts'
import type { Redact } from './run/stored-error.ts'
import { createSchedulePool } from './schedule/schedule-pool.ts'

/** The options of `createScheduler`. `S` is the session type of provider and store. */
export interface SchedulerOptions<S extends object> {
  /**
   * Its name in the store, in responses and in logs, with the form of a job's name. Several schedulers may share a
   * store.
   */
  readonly name: string
  /** The jobs, as `defineJob` made them, or its options. */
  readonly jobs: readonly JobOptions<S>[]
  /** Opens the units of work: from `createTypeormSessions`, `createMemoryBackend` or your own. */
  readonly sessions: SessionProvider<S>
  /** Keeps the ledger: from `createTypeormStore`, `createMemoryBackend` or your own. */
  readonly store: Store<S>
  /** Describes the external sources that the jobs call, at every snapshot, and declares their conditions (default none). */
  readonly providers?: ProvidersSource
  /** The feeds of the market-data view (default none). */
  readonly feeds?: FeedsSource<S, string>
  /** The host's own metrics, made with `defineMetric`, read at every snapshot (default none). */
  readonly metrics?: readonly CustomMetric[]
  /**
   * Measures the process (default its CPU, memory and event loop); `null` measures nothing. One that throws reads as
   * `null`.
   */
  readonly processProbe?: ProcessProbe | null
  /** Takes the log, such as a pino logger (default silent). What it throws or rejects with is dropped. */
  readonly logger?: Logger
  /** Tells the time and sets every timer. Tests pass a manual one (default the host's clock). */
  readonly clock?: Clock
  /** Executes the claimed runs (default in this process). */
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
  /** How many runs this instance executes at a time (default 50; `Infinity` for no limit). */
  readonly concurrency?: number
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
  /** How long settled entries are kept (default 30 days). */
  readonly retentionMs?: number
  /** The recent window of every view (default 24 h). */
  readonly recentWindowMs?: number
  /** Values, such as API keys, that are removed from every stored error and from the log (default none). */
  readonly secrets?: readonly string[]
}

export interface CheckedOptions<S extends object>
  extends Required<Omit<SchedulerOptions<S>, 'jobs' | 'clock' | 'feeds' | 'processProbe' | 'secrets'>> {
  readonly processProbe: GuardedProbe | null
  readonly feeds: FeedsSource<S, string> | null
  /** What `feeds` and `providers` declare. */
  readonly declared: Declared
  readonly clock: CorrectedClock
  readonly jobs: ReadonlyMap<string, Job<S>>
  /** Made from `secrets`. Stored errors and the logger share it. */
  readonly redact: Redact
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const YEAR_MS = 366 * DAY_MS

const port = z.custom<object>((value) => typeof value === 'object' && value !== null, {
  error: 'an implementation of the port',
})
const callback = z.custom<() => unknown>((value) => typeof value === 'function', { error: 'a function' })

const customMetric = z.custom<CustomMetric>(
  (value) => typeof value === 'object' && value !== null && 'of' in value && value.of === 'custom',
  { error: 'a metric that defineMetric made' },
)

const schema = z.strictObject({
  name: jobName,
  jobs: z.array(z.unknown()).min(1, { error: 'at least one job' }),
  sessions: port,
  store: port,
  providers: z.strictObject({ describe: callback, conditions: providerConditions.optional() }).optional(),
  feeds: z
    .strictObject({
      read: callback,
      judge: callback,
      words: feedWords.optional(),
      timeoutMs: z.int().min(1).max(MINUTE_MS).optional(),
    })
    .optional(),
  metrics: z.array(customMetric).default([]),
  processProbe: port.nullable().optional(),
  logger: port.optional(),
  clock: port.optional(),
  engine: port.optional(),
  followStoreClock: z.boolean().optional(),
  keepAlive: z.boolean().default(true),
  concurrency: z
    .union([z.int().min(1), z.literal(Infinity)], { error: 'a whole number from 1, or Infinity' })
    .default(50),
  leaseMs: z.int().min(1_000).max(HOUR_MS).default(15_000),
  sweepMs: z.int().min(100).max(HOUR_MS).default(5_000),
  watchMs: z.int().min(100).max(HOUR_MS).default(1_000),
  graceMs: z.int().min(0).max(DAY_MS).default(10_000),
  retentionMs: z
    .int()
    .min(HOUR_MS)
    .max(100 * YEAR_MS)
    .default(30 * DAY_MS),
  recentWindowMs: z.int().min(MINUTE_MS).max(YEAR_MS).default(DAY_MS),
  secrets: z.array(z.string()).default([]),
})

/** Checks the options and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function checkOptions<S extends object>(options: SchedulerOptions<S>): CheckedOptions<S> {
  const { secrets, ...checked } = parseOptions(schema, options, 'scheduler')
  if (checked.recentWindowMs > checked.retentionMs) {
    const expected = `at most retentionMs (${checked.retentionMs})`
    refuseOption({ path: 'scheduler.recentWindowMs', value: checked.recentWindowMs, expected })
  }
  const declared = Object.freeze({
    feedWords: checked.feeds?.words ?? [],
    providerConditions: checked.providers?.conditions ?? [],
  })
  refuseDuplicateIds(checked.metrics, declared)
  const clock = createCorrectedClock(options.clock ?? systemClock)
  const redact = createRedact(secrets)
  const logger = options.logger ? safeLogger(redactingLogger(options.logger, redact)) : silentLogger
  const probe = options.processProbe === undefined ? createProcessProbe(clock) : options.processProbe
  return Object.freeze({
    ...checked,
    metrics: Object.freeze(checked.metrics),
    feeds: checkFeeds(options.feeds, declared),
    declared,
    processProbe: probe && guardProbe(probe, logger),
    redact,
    jobs: checkJobs(options.jobs),
    sessions: options.sessions,
    store: options.store,
    providers: options.providers ?? { describe: () => [] },
    logger,
    clock,
    followStoreClock: options.followStoreClock ?? options.clock === undefined,
    engine: options.engine ?? createInProcessEngine(),
  })
}

/** The host's source with the checked copy of its words. */
function checkFeeds<S>(
  source: FeedsSource<S, string> | undefined,
  { feedWords: words }: Declared,
): FeedsSource<S, string> | null {
  if (!source) return null
  const { read, judge, timeoutMs } = source
  return Object.freeze({ read, judge, words, ...(timeoutMs !== undefined && { timeoutMs }) })
}

function checkJobs<S>(options: readonly JobOptions<S>[]): ReadonlyMap<string, Job<S>> {
  const jobs = new Map<string, Job<S>>()
  const pool = createSchedulePool()
  for (const [index, one] of options.entries()) {
    const job = checkJob(one, `scheduler.jobs[${index}]`)
    if (jobs.has(job.name)) {
      const expected = 'a name that is unique among the jobs of this scheduler'
      refuseOption({ path: `scheduler.jobs[${index}].name`, value: job.name, expected })
    }
    const schedule = pool(job.schedule)
    jobs.set(job.name, schedule === job.schedule ? job : Object.freeze({ ...job, schedule }))
  }
  return jobs
}

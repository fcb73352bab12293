import * as z from 'zod'
import { readsOption } from './budget/reads.ts'
import { systemClock } from './clock.ts'
import { checkFeeds } from './host/check-feeds.ts'
import { createCorrectedClock } from './host/corrected-clock.ts'
import { declaredOf } from './host/declared-of.ts'
import { deploymentOption } from './host/deployment-option.ts'
import { guardLogger } from './host/guard-logger.ts'
import { guardProbe } from './host/guard-probe.ts'
import { createProcessProbe } from './host/process-probe.ts'
import { fitRetention, retentionFields } from './host/retention-options.ts'
import { timeZoneDataOption } from './host/time-zone-data-option.ts'
import { checkJobs } from './job/check-jobs.ts'
import { jobName } from './job/define-job.ts'
import { checkTemplates } from './job/job-template.ts'
import { lazily } from './lazily.ts'
import { providersOption, refuseDuplicateIds } from './metrics/check-declared.ts'
import { customMetric } from './metrics/custom-metric.ts'
import { feedsOption } from './metrics/feeds-option.ts'
import { aFunction } from './options/a-function.ts'
import { parseOptions } from './options/parse-options.ts'
import { refuseOption } from './options/refuse-option.ts'
import { createRedact } from './redact/create-redact.ts'
import { createToStoredError } from './run/stored-error.ts'
import type { CheckedOptions, ObserverOptions, SchedulerOptions } from './scheduler-options.ts'
import type { WorkerOptions } from './worker-options.ts'

const HOUR_MS = 3_600_000

const isObject = (value: unknown) => typeof value === 'object' && value !== null
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => isObject(value)
const port = lazily(() => z.custom<object>(isObject, { error: 'an implementation of the port' }))

const ENGINE_CALLS = ['open', 'ensureQueues', 'dispatch', 'cancel', 'consume', 'close']

/** An engine of another kind would lose runs one by one, so it is refused at once. */
const engineOption = lazily(() =>
  z.custom<object>(
    (value) => {
      if (!isRecord(value) || typeof value['name'] !== 'string' || !isRecord(value['capabilities'])) return false
      return (
        typeof value['capabilities']['transactional'] === 'boolean' &&
        ENGINE_CALLS.every((call) => typeof value[call] === 'function')
      )
    },
    { error: 'an engine such as createPgBossEngine() makes' },
  ),
)

const schema = lazily(() =>
  z.strictObject({
    name: jobName(),
    deployment: deploymentOption(),
    jobs: z.array(z.unknown()).optional(),
    templates: z.array(z.unknown()).optional(),
    role: z.enum(['scheduler', 'observer']).default('scheduler'),
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
    engine: engineOption().optional(),
    queueTimeoutMs: z.int().min(100).max(HOUR_MS).default(60_000),
    aroundRun: aFunction().optional(),
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

/** A worker decides nothing and answers no questions: it has an engine, and no options for these. */
const workerSchema = lazily(() =>
  schema()
    .omit({ role: true, feeds: true, healthReasons: true, metrics: true, queueTimeoutMs: true, reads: true })
    .extend({ engine: engineOption() }),
)

/** Checks the options of a scheduler or an observer and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function checkOptions<S extends object>(options: SchedulerOptions<S> | ObserverOptions<S>): CheckedOptions<S> {
  const checked = parseOptions(schema(), options, 'scheduler')
  assertJobsOf(options)
  return complete(options, checked, 'scheduler')
}

/** Checks the options of a worker and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function checkWorkerOptions<S extends object>(options: WorkerOptions<S>): CheckedOptions<S> {
  parseOptions(workerSchema(), options, 'worker')
  if (options.jobs === undefined) refuseJobs(options, 'worker')
  // Once more, for the defaults of what only a scheduler may set.
  const checked = { ...parseOptions(schema(), options, 'worker'), role: 'worker' as const }
  return complete(options, checked, 'worker')
}

type Parsed = Omit<z.output<ReturnType<typeof schema>>, 'role'> & Pick<CheckedOptions<object>, 'role'>

function complete<S extends object>(
  options: Omit<SchedulerOptions<S>, 'role' | 'jobs'> & Partial<Pick<SchedulerOptions<S>, 'jobs'>>,
  { secrets, storeStacks, ...checked }: Parsed,
  path: 'scheduler' | 'worker',
): CheckedOptions<S> {
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
    jobs: checkJobs<S>(options.jobs ?? [], path),
    templates: checkTemplates<S>(options.templates ?? [], path),
    sessions: options.sessions,
    store: options.store,
    providers: options.providers ?? { describe: () => [] },
    healthReasons: options.healthReasons ?? (() => []),
    logger,
    onRunError: options.onRunError ?? null,
    clock,
    followStoreClock: options.followStoreClock ?? options.clock === undefined,
    engine: options.engine ?? null,
    aroundRun: options.aroundRun ?? null,
  })
}

/** A scheduler says which jobs it has, be it none yet. An observer has those of the others, and runs none. */
function assertJobsOf<S extends object>(options: SchedulerOptions<S> | ObserverOptions<S>): void {
  if (options.role !== 'observer') {
    if (options.jobs === undefined) refuseJobs(options, 'scheduler')
    return
  }
  const { jobs = [], ...rest } = options
  if (jobs.length > 0)
    refuseOption({ path: 'scheduler.jobs', value: jobs, expected: 'none: an observer has the jobs of the others' })
  for (const [name, value] of Object.entries(rest))
    if (NOT_OF_OBSERVERS.has(name) && value !== undefined && !(Array.isArray(value) && value.length === 0))
      refuseOption({ path: `scheduler.${name}`, value, expected: 'none: an observer runs nothing' })
}

const NOT_OF_OBSERVERS: ReadonlySet<string> = new Set(['templates', 'engine', 'queueTimeoutMs', 'aroundRun'])

function refuseJobs({ jobs }: { readonly jobs?: unknown }, path: 'scheduler' | 'worker'): never {
  return refuseOption({ path: `${path}.jobs`, value: jobs, expected: 'a list of jobs, which may be empty' })
}

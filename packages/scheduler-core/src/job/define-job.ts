import * as z from 'zod'
import { isSchedulerError } from '../errors.ts'
import { lazily } from '../lazily.ts'
import { MAX_CALENDAR_NAME } from '../limits.ts'
import { aFunction } from '../options/a-function.ts'
import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { withDefaults } from '../policy/defaults.ts'
import { optionFields } from '../policy/fields.ts'
import { A_NAME, NAME_PATTERN } from '../policy/name.ts'
import { JOB_POLICIES, RETRY_POLICIES } from '../policy/policies.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import { ON_DEMAND } from '../schedule/on-demand.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import { aboutFields, toAbout } from './about.ts'
import { checkInputSchema } from './input-schema.ts'
import type { AnyJobOptions, Job, JobOptions, RetryOptions } from './job.ts'
import { assertRetriesFit } from './retries-fit.ts'

/**
 * Checks a job's options and fills in every default. The result is frozen and holds copies. Throws `INVALID_OPTIONS`
 * with the path, the given value and the accepted ones.
 *
 * @example
 * const poll = defineJob({ name: 'poll', schedule: every({ minutes: 15 }), handler: async (ctx) => { … } })
 * const send = defineJob({ name: 'send', schedule: null, input: z.object({ to: z.email() }), handler: (ctx) => post(ctx.input.to) })
 */
export function defineJob<S = unknown, I = undefined>(options: JobOptions<S, I>): Job<S, I> {
  return checkJob(options, 'job')
}

/** A job's options with a schema of any input. */
type AnyInput<S, I> = Omit<JobOptions<S, I>, 'input'> & Pick<AnyJobOptions, 'input'>

/** `defineJob` with the path of the options, for errors. A job that was checked before is answered as it is. */
export function checkJob<S, I>(options: AnyInput<S, I>, path: string): Job<S, I> {
  if (isChecked<S, I>(options)) return options
  const checked: CheckedFields = plainFields(options) ?? parseOptions(jobSchema(), options, path)
  const schedule = options.schedule === null ? ON_DEMAND : parseSchedule(options.schedule, `${path}.schedule`)
  const input = options.input ?? null
  const takes = input && checkInputSchema(input, { path, schedule, runOnFirstOpen: checked.runOnFirstOpen })
  const job: Job<S, I> = {
    ...withDefaults(JOB_POLICIES, checked, schedule),
    name: checked.name,
    formerly: checkFormerly(checked, path),
    handler: options.handler,
    input,
    takes,
    schedule,
    runOnFirstOpen: checked.runOnFirstOpen,
    ...toAbout(checked),
    exclude: checked.exclude ? Object.freeze(checked.exclude) : NO_CALENDARS,
    retry: options.retry === undefined ? noRetry() : checkRetry(options.retry, `${path}.retry`),
  }
  assertRetriesFit(job, { path: `${path}.runTimeoutMs`, value: job.runTimeoutMs })
  return Object.freeze(Object.defineProperty(job, CHECKED, { value: true }))
}

type CheckedFields = z.output<ReturnType<typeof jobSchema>>

/**
 * The options of a job that is given nothing but a name, a schedule and a handler, as each of very many jobs often is:
 * its schema takes ten times as long. `null` for any other, and for what may be wrong: the schema says what it is.
 */
function plainFields<S, I>(options: AnyInput<S, I>): CheckedFields | null {
  if (typeof options !== 'object' || options === null) return null
  try {
    for (const field in options) if (!PLAIN_FIELDS.has(field)) return null
    const { name, handler } = options
    const isPlain = typeof name === 'string' && NAME_PATTERN.test(name) && typeof handler === 'function'
    return isPlain ? { name, handler, runOnFirstOpen: false } : null
  } catch {
    return null
  }
}

const PLAIN_FIELDS: ReadonlySet<string> = new Set(['name', 'schedule', 'handler'])

function checkFormerly(
  { name, formerly }: { readonly name: string; readonly formerly?: readonly string[] | undefined },
  path: string,
): readonly string[] {
  for (const [index, former] of (formerly ?? []).entries()) {
    if (former !== name && formerly?.indexOf(former) === index) continue
    const expected = 'a name that the job had before, each once, and not the name that it has'
    refuseOption({ path: `${path}.formerly[${index}]`, value: former, expected })
  }
  return formerly === undefined || formerly.length === 0 ? NO_NAMES : Object.freeze([...formerly])
}

/**
 * Marks the jobs that `checkJob` made. Copies, JSON and logs leave the symbol out. A marked job is frozen, so it stays
 * valid.
 */
const CHECKED = Symbol('checked')

function isChecked<S, I>(options: unknown): options is Job<S, I> {
  return typeof options === 'object' && options !== null && Object.hasOwn(options, CHECKED)
}

function checkRetry(options: RetryOptions, path: string): Required<RetryOptions> {
  const retry = parseOptions(retrySchema(), options, path)
  return Object.freeze({ ...withDefaults(RETRY_POLICIES, retry), retryable: options.retryable ?? isRetryable })
}

export const jobName = lazily(() => z.string().regex(NAME_PATTERN, { error: A_NAME }))

const calendarSchema = lazily(() =>
  z.custom<ExclusionCalendar>((value) => isCalendar(value), {
    error: 'a calendar such as excludeDates() makes: { name of 1 to 64 characters, excludes(dueAt) }',
  }),
)

const jobSchema = lazily(() =>
  z.strictObject({
    name: jobName(),
    formerly: z.array(jobName()).max(10).optional(),
    schedule: z.unknown().optional(),
    runOnFirstOpen: z.boolean().default(false),
    ...aboutFields(),
    handler: aFunction(),
    input: z.unknown().optional(),
    takes: z.unknown().optional(),
    ...optionFields(JOB_POLICIES),
    retry: z.unknown().optional(),
    exclude: z.array(calendarSchema()).max(100).optional(),
  }),
)

/** The options of a template that are those of a job. Its jobs have their own names and schedules, and take no input. */
export const templateSchema = lazily(() =>
  jobSchema()
    .omit({ formerly: true, schedule: true, runOnFirstOpen: true, input: true, takes: true })
    .extend({ params: z.unknown().optional() }),
)

const retrySchema = lazily(() =>
  z.strictObject({
    ...optionFields(RETRY_POLICIES),
    retryable: aFunction().optional(),
  }),
)

/** Shared by the many jobs without calendars. */
const NO_CALENDARS: readonly ExclusionCalendar[] = Object.freeze([])
/** Shared by the many jobs that had no other name. */
const NO_NAMES: readonly string[] = Object.freeze([])
const noRetry = lazily(() => checkRetry({}, 'job.retry'))

function isCalendar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('excludes' in value)) return false
  if (typeof value.name !== 'string' || value.name === '' || value.name.length > MAX_CALENDAR_NAME) return false
  return typeof value.excludes === 'function'
}

/** Every error is worth another attempt, except a `SchedulerError` that is not retryable. */
function isRetryable(error: unknown): boolean {
  return !isSchedulerError(error) || error.retryable
}

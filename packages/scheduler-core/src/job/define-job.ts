import { z } from 'zod'

import { isSchedulerError } from '../errors.ts'
import { parseOptions } from '../options/parse-options.ts'
import { withDefaults } from '../policy/defaults.ts'
import { optionFields } from '../policy/fields.ts'
import { JOB_POLICIES, RETRY_POLICIES } from '../policy/policies.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Job, JobOptions, RetryOptions } from './job.ts'

/**
 * Checks a job's options and fills in every default. The result is frozen and holds copies. Throws `INVALID_OPTIONS`
 * with the path, the given value and the accepted ones.
 *
 * @example
 * const poll = defineJob({ name: 'poll', schedule: every({ minutes: 15 }), handler: async (ctx) => { … } })
 */
export function defineJob<S = unknown>(options: JobOptions<S>): Job<S> {
  return checkJob(options, 'job')
}

/** `defineJob` with the path of the options, for errors. A job that was checked before is answered as it is. */
export function checkJob<S>(options: JobOptions<S>, path: string): Job<S> {
  if (isChecked(options)) return options
  const checked = parseOptions(jobSchema, options, path)
  const schedule = parseSchedule(options.schedule, `${path}.schedule`)
  const job: Job<S> = {
    ...withDefaults(JOB_POLICIES, checked, schedule),
    name: checked.name,
    handler: options.handler,
    schedule,
    exclude: checked.exclude ? Object.freeze(checked.exclude) : NO_CALENDARS,
    retry: options.retry === undefined ? NO_RETRY : checkRetry(options.retry, `${path}.retry`),
  }
  return Object.freeze(Object.defineProperty(job, CHECKED, { value: true }))
}

/**
 * Marks the jobs that `checkJob` made. Copies, JSON and logs leave the symbol out. A marked job is frozen, so it stays
 * valid.
 */
const CHECKED = Symbol('checked')

function isChecked<S>(options: JobOptions<S>): options is Job<S> {
  return typeof options === 'object' && options !== null && Object.hasOwn(options, CHECKED)
}

function checkRetry(options: RetryOptions, path: string): Required<RetryOptions> {
  const retry = parseOptions(retrySchema, options, path)
  return Object.freeze({ ...withDefaults(RETRY_POLICIES, retry), retryable: options.retryable ?? isRetryable })
}

export const jobName = z.string().regex(/^[a-z0-9][a-z0-9._:-]{0,63}$/, {
  error: 'a name of 1 to 64 characters: a-z, 0-9, and . _ : - but not first',
})

const handlerSchema = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', {
  error: 'a function',
})

const calendarSchema = z.custom<ExclusionCalendar>((value) => isCalendar(value), {
  error: 'a calendar such as excludeDates() makes: { name, excludes(dueAt) }',
})

const jobSchema = z.strictObject({
  name: jobName,
  schedule: z.unknown().optional(),
  handler: handlerSchema,
  ...optionFields(JOB_POLICIES),
  retry: z.unknown().optional(),
  exclude: z.array(calendarSchema).max(100).optional(),
})

const retrySchema = z.strictObject({
  ...optionFields(RETRY_POLICIES),
  retryable: handlerSchema.optional(),
})

/** Shared by the many jobs without calendars. */
const NO_CALENDARS: readonly ExclusionCalendar[] = Object.freeze([])
const NO_RETRY: Required<RetryOptions> = checkRetry({}, 'job.retry')

function isCalendar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('excludes' in value)) return false
  return typeof value.name === 'string' && value.name !== '' && typeof value.excludes === 'function'
}

/** Every error is worth another attempt, except a `SchedulerError` that is not retryable. */
function isRetryable(error: unknown): boolean {
  return !isSchedulerError(error) || error.retryable
}

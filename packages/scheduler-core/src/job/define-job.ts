import { z } from 'zod'

import { isSchedulerError } from '../errors.ts'
import { parseOptions } from '../options/parse-options.ts'
import { distanceToNext } from '../schedule/next-due.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { type Job, type JobOptions, MISFIRE_POLICIES, ORPHAN_POLICIES, OVERLAP_POLICIES } from './job.ts'

/**
 * Checks a job's options and fills in every default. The result is frozen and holds copies. Throws `INVALID_OPTIONS`
 * with the path, what came and what is allowed.
 *
 * @example
 * const poll = defineJob({ name: 'poll', schedule: every({ minutes: 15 }), handler: async (ctx) => { … } })
 */
export function defineJob<S = unknown>(options: JobOptions<S>): Job<S> {
  const checked = parseOptions(jobSchema, options, 'job')
  const schedule = parseSchedule(options.schedule, 'job.schedule')
  const retry = parseOptions(retrySchema, options.retry ?? {}, 'job.retry')
  return Object.freeze({
    ...checked,
    handler: options.handler,
    schedule,
    misfireGraceMs: checked.misfireGraceMs ?? defaultGrace(schedule),
    retry: Object.freeze({ ...retry, retryable: options.retry?.retryable ?? isRetryable }),
  })
}

/** 2^31 - 1 ms, about 24.8 days: more is a mistake of units. */
const MAX_MS = 2 ** 31 - 1
const HOUR_MS = 3_600_000

export const jobName = z.string().regex(/^[a-z0-9][a-z0-9._:-]{0,63}$/, {
  error: 'a name of 1 to 64 characters: a-z, 0-9, and . _ : - but not first',
})

const handlerSchema = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', {
  error: 'a function',
})

const jobSchema = z.strictObject({
  name: jobName,
  schedule: z.unknown(),
  handler: handlerSchema,
  timeoutMs: z.int().min(1).max(MAX_MS).nullable().default(300_000),
  misfireGraceMs: z.int().min(0).max(MAX_MS).optional(),
  misfirePolicy: z.enum(MISFIRE_POLICIES).default('run-latest'),
  overlapPolicy: z.enum(OVERLAP_POLICIES).default('skip'),
  onOrphan: z.enum(ORPHAN_POLICIES).default('fail'),
  priority: z.int().min(-1_000).max(1_000).default(0),
  retry: z.unknown().optional(),
})

const retrySchema = z.strictObject({
  maxAttempts: z.int().min(1).max(1_000).default(1),
  backoffMs: z.int().min(0).max(MAX_MS).default(1_000),
  maxBackoffMs: z.int().min(0).max(MAX_MS).default(60_000),
  retryable: handlerSchema.optional(),
})

/** One period, at most an hour. */
function defaultGrace(schedule: Schedule): number {
  return Math.min(distanceToNext(schedule, 0) ?? HOUR_MS, HOUR_MS)
}

/** Every error deserves another try, except one of ours that says it does not. */
function isRetryable(error: unknown): boolean {
  return !isSchedulerError(error) || error.retryable
}

import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { parseOptions } from '../options/parse-options.ts'
import { patchFields } from '../policy/fields.ts'
import { SETTABLE } from '../policy/policies.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { ConfigPatch, JobConfigPatch } from './config.ts'
import { isRecord } from './config.ts'

/** Checks a patch of the scheduler's settings. Throws `INVALID_OPTIONS` with a path below `scheduler`. */
export function parseConfigPatch(patch: unknown): ConfigPatch {
  const { concurrency, providers } = parseOptions(configPatch(), patch, 'scheduler')
  return Object.freeze({
    ...(concurrency !== undefined && { concurrency }),
    ...(providers !== undefined && { providers: Object.freeze(providers) }),
  })
}

/**
 * Checks a patch of a job's settings. A new interval without an anchor keeps the anchor of `schedule`, the job's
 * schedule in the code. Throws `INVALID_OPTIONS` with a path below `job`.
 */
export function parseJobPatch(patch: unknown, { schedule }: { readonly schedule: Schedule }): JobConfigPatch {
  const checked = parseOptions(jobPatch(), patch, 'job')
  return Object.freeze({
    ...given({ ...checked, schedule: undefined, retry: undefined }),
    ...(checked.schedule !== undefined && {
      schedule: parseNewSchedule(checked.schedule, { own: schedule, path: 'job.schedule' }),
    }),
    ...(checked.retry !== undefined && { retry: checked.retry && Object.freeze(given(checked.retry)) }),
  })
}

export const concurrencyField = lazily(() => z.int().min(1))
export const providerFields = lazily(() => ({ enabled: z.boolean() }))

const configPatch = lazily(() =>
  z.strictObject({
    concurrency: concurrencyField().nullable().optional(),
    providers: z.record(z.string(), z.strictObject(providerFields()).nullable()).optional(),
  }),
)

const jobPatch = lazily(() =>
  z.strictObject({
    schedule: z.unknown().optional(),
    ...patchFields(SETTABLE.job),
    retry: z.strictObject(patchFields(SETTABLE.retry)).nullable().optional(),
  }),
)

function parseNewSchedule(value: unknown, where: NewSchedule): Schedule | null {
  return value === null ? null : parseScheduleOver(value, where)
}

interface NewSchedule {
  /** The job's schedule in the code. */
  readonly own: Schedule
  /** Where errors find the value. */
  readonly path: string
}

/** Checks a schedule that is to replace a job's own. Throws `INVALID_OPTIONS` below the path. */
export function parseScheduleOver(value: unknown, { own, path }: NewSchedule): Schedule {
  const isInterval = isRecord(value) && value['kind'] === 'every' && value['anchorAt'] === undefined
  const anchored = isInterval && own.kind === 'every' ? { ...value, anchorAt: own.anchorAt } : value
  return parseSchedule(anchored, path)
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
}

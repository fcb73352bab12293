import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { parseOptions } from '../options/parse-options.ts'
import { followSchedule } from '../policy/defaults.ts'
import { optionFields } from '../policy/fields.ts'
import { JOB_POLICIES, type PartialJobPolicies, type PartialRetryPolicies, RETRY_POLICIES } from '../policy/policies.ts'
import { ON_DEMAND } from '../schedule/on-demand.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { ScheduleInput } from '../schedule/schedule-input.ts'
import { aboutFields, type JobAboutOptions } from './about.ts'
import { checkJob, jobName } from './define-job.ts'
import { definitionOf, type JobDefinition, type TemplateUse } from './definitions.ts'
import type { JobTemplate } from './job-template.ts'

/** What a job of a template has of its own: the rest is as its template says when it is made. */
export interface TemplatedJobOptions extends PartialJobPolicies, JobAboutOptions {
  /** The name of the template. */
  readonly template: string
  /** `^[a-z0-9][a-z0-9._:-]{0,63}$`, unique among the jobs of the scheduler, in code or not. */
  readonly name: string
  /** When it is due; `null`: when somebody asks. An interval without an anchor is counted from the epoch. */
  readonly schedule: ScheduleInput | null
  /** At most 8 KB of JSON that the template's schema accepts, stored as it is: no secrets (default `{}`). */
  readonly params?: unknown
  /** How it is tried again (default: as its template says). */
  readonly retry?: PartialRetryPolicies
}

/** What to change of a job of a template. What is left out stays; `params` are replaced as a whole. */
export type TemplatedJobChange = Partial<Omit<TemplatedJobOptions, 'template' | 'name'>> & { readonly name: string }

const own = lazily(() => ({
  name: jobName(),
  params: z.unknown().optional(),
  ...aboutFields(),
  ...optionFields(JOB_POLICIES),
  retry: z.strictObject(optionFields(RETRY_POLICIES)).optional(),
}))
const creation = lazily(() => z.strictObject({ ...own(), template: z.string(), schedule: z.unknown() }))
const change = lazily(() => z.strictObject({ ...own(), schedule: z.unknown().optional() }))

/** Checks all but the parameters. Throws `INVALID_OPTIONS`. */
export function checkTemplatedJob(options: TemplatedJobOptions, path: string): TemplatedJobOptions {
  parseOptions(creation(), options, path)
  return options
}

/** Checks all but the parameters. Throws `INVALID_OPTIONS`. */
export function checkTemplatedChange(options: TemplatedJobChange, path: string): TemplatedJobChange {
  parseOptions(change(), options, path)
  return options
}

/** What the store gets for a new job. Throws `INVALID_OPTIONS`. */
export function newDefinition<S>(
  { given, name }: JobTemplate<S>,
  { template: _, params: _params, ...options }: TemplatedJobOptions,
  { params, path }: { readonly params: TemplateUse['params']; readonly path: string },
): JobDefinition {
  const retry = { ...given.retry, ...options.retry }
  const schedule = dueBy(toSchedule(options.schedule, path))
  const job = checkJob({ ...given, ...options, schedule, retry, handler: () => {} }, path)
  return { ...definitionOf(job), template: { name, params } }
}

/** What the store gets for a changed job. A policy that follows the schedule follows a new one. Throws `INVALID_OPTIONS`. */
export function changedDefinition<S>(
  { given, name: template }: JobTemplate<S>,
  before: JobDefinition,
  { options, params, path }: Change,
): JobDefinition {
  const { name, schedule: wanted, params: _, retry, ...changes } = options
  const to = wanted === undefined ? before.schedule : toSchedule(wanted, path)
  const policies = {
    ...before.policies,
    ...followSchedule(JOB_POLICIES, before.policies, { from: before.schedule, to }),
  }
  const { exclude = [] } = given
  const rest = { ...before.about, ...policies, ...changes, retry: { ...before.retry, ...retry }, exclude }
  const job = checkJob({ ...rest, name, schedule: dueBy(to), handler: () => {} }, path)
  return { ...definitionOf(job), template: { name: template, params } }
}

function toSchedule(wanted: unknown, path: string): Schedule {
  return wanted === null ? ON_DEMAND : parseSchedule(wanted, `${path}.schedule`)
}

/** As the options of a job in code have it. */
function dueBy(schedule: Schedule) {
  return schedule.kind === 'on-demand' ? null : schedule
}

interface Change {
  readonly options: TemplatedJobChange
  readonly params: TemplateUse['params']
  readonly path: string
}

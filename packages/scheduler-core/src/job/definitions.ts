import * as z from 'zod'
import { isRecord, partOf } from '../control/config.ts'
import { fingerprintOf } from '../ids.ts'
import { lazily } from '../lazily.ts'
import { withDefaults } from '../policy/defaults.ts'
import { optionFields } from '../policy/fields.ts'
import { type CheckedJobPolicies, JOB_POLICIES, RETRY_POLICIES } from '../policy/policies.ts'
import type { PolicyValues } from '../policy/policy.ts'
import { pickPolicies, policyNames } from '../policy/reach.ts'
import type { JobHolding } from '../ports/definitions.ts'
import type { JsonValue } from '../run/json-value.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import { ON_DEMAND } from '../schedule/on-demand.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { aboutFields, type JobAbout, toAbout } from './about.ts'
import type { DescribedJob, Job } from './job.ts'

/**
 * What the code says of a job, as far as it can be stored: not its handler, not its `retryable`, and its exclusion
 * calendars by their names only.
 */
export interface JobDefinition {
  /** What the code calls the job. Another name is another definition. */
  readonly name: string
  readonly schedule: Schedule
  readonly policies: CheckedJobPolicies
  readonly retry: PolicyValues<typeof RETRY_POLICIES>
  /** The names of the exclusion calendars, in the order of the code. */
  readonly exclude: readonly string[]
  /** What the job says about itself. It decides nothing, so another text is no other definition. */
  readonly about: JobAbout
  /** The template whose job it is; left out of a job in code. */
  readonly template?: TemplateUse
}

/** A template, and the parameters of one of its jobs. */
export interface TemplateUse {
  readonly name: string
  readonly params: JsonValue
}

/** What the store keeps of a job. */
export function definitionOf(job: DescribedJob): JobDefinition {
  const { name, schedule, exclude, retry, description, owner, tags, runbookUrl } = job
  return {
    name,
    schedule,
    policies: pickPolicies(JOB_POLICIES, job),
    retry: pickPolicies(RETRY_POLICIES, retry),
    exclude: exclude.map((calendar) => calendar.name),
    about: { description, owner, tags, runbookUrl },
  }
}

/** `definitionOf` for many jobs: those that are as the one before, but for the name, share the parts of its definition. */
export function createDefinitionOf(): (job: DescribedJob) => JobDefinition {
  let before: { readonly job: DescribedJob; readonly definition: JobDefinition } | null = null
  return (job) => {
    const isLike = before !== null && areAlike(before.job, job)
    const definition = before && isLike ? { ...before.definition, name: job.name } : definitionOf(job)
    before = { job, definition }
    return definition
  }
}

function areAlike(one: DescribedJob, other: DescribedJob): boolean {
  return DEFINING.every((field) => one[field] === other[field])
}

const DEFINING: readonly (keyof DescribedJob)[] = [
  ...(['schedule', 'retry', 'exclude', 'description', 'owner', 'tags', 'runbookUrl'] as const),
  ...policyNames(JOB_POLICIES),
]

/** What an instance has of a job. With a deployment, that is the key; otherwise each definition is its own. */
export function holdingOf(definition: JobDefinition, deployment: string | null): JobHolding {
  // The order decides about the digest.
  const { name, schedule, policies, retry, exclude } = definition
  const digest = fingerprintOf({ name, schedule, policies, retry, exclude })
  return { job: name, key: deployment ?? digest, digest }
}

/** What a process puts into the store for a job of a template: every word of it counts. */
export function templatedHoldingOf(job: string, definition: JobDefinition): JobHolding {
  return { job, key: `template ${definition.template?.name}`, digest: fingerprintOf(inOrder(definition)) }
}

/** With the fields of each part in one order: a store may give them back in another. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder(value[key])]),
  )
}

/** The name of the template of a stored definition, which may be anything; `null` when it has none. */
export function templateIn(stored: unknown): string | null {
  const name = partOf(partOf(stored, 'template'), 'name')
  return typeof name === 'string' ? name : null
}

/**
 * Reads a stored definition, which may be anything; `null` when it is none. A policy that an earlier release did not
 * know gets its default.
 */
export function readDefinition(stored: unknown): JobDefinition | null {
  const { success, data } = schema().safeParse(stored)
  if (!success) return null
  const { name, policies, retry, exclude, about, template } = data
  try {
    const schedule = parseSchedule(data.schedule)
    return {
      name,
      schedule,
      policies: withDefaults(JOB_POLICIES, policies, schedule),
      retry: withDefaults(RETRY_POLICIES, retry),
      exclude,
      about: toAbout(about),
      ...(template && { template: { name: template.name, params: template.params as JsonValue } }),
    }
  } catch {
    return null
  }
}

const schema = lazily(() =>
  z.object({
    name: z.string(),
    schedule: z.unknown(),
    policies: z.object(optionFields(JOB_POLICIES)),
    retry: z.object(optionFields(RETRY_POLICIES)),
    exclude: z.array(z.string()),
    about: z.object(aboutFields()),
    template: z.object({ name: z.string(), params: z.unknown() }).optional(),
  }),
)

/**
 * The job as a stored definition has it, with the handler and the calendars of this instance; `null` when this instance
 * lacks one of its calendars, and so cannot know its due times.
 */
export function followDefinition<S>(job: Job<S>, definition: JobDefinition): Job<S> | null {
  const exclude = calendarsNamed(definition.exclude, job.exclude)
  if (!exclude) return null
  const { schedule, policies, retry } = definition
  return Object.freeze({ ...job, ...policies, schedule, exclude, retry: Object.freeze({ ...job.retry, ...retry }) })
}

function calendarsNamed(
  names: readonly string[],
  calendars: readonly ExclusionCalendar[],
): readonly ExclusionCalendar[] | null {
  const found = names.flatMap((wanted) => calendars.find(({ name }) => name === wanted) ?? [])
  return found.length === names.length ? Object.freeze(found) : null
}

/** A job that this instance does not have, as far as its stored definition tells: it excludes nothing. */
export function jobElsewhere(name: string, { schedule, policies, retry, about }: JobDefinition): DescribedJob {
  const retries = Object.freeze({ ...retry, retryable: () => true })
  // What its input is, only the processes know that have it.
  const described = { name, ...policies, ...about, schedule, exclude: NO_CALENDARS, retry: retries, takes: null }
  return Object.freeze(described)
}

/** A job of which the store has no definition that can be read. */
export function jobUnknown(name: string): DescribedJob {
  return jobElsewhere(name, {
    name,
    schedule: ON_DEMAND,
    policies: withDefaults(JOB_POLICIES, {}, ON_DEMAND),
    retry: withDefaults(RETRY_POLICIES, {}),
    exclude: [],
    about: toAbout({}),
  })
}

const NO_CALENDARS: readonly ExclusionCalendar[] = Object.freeze([])

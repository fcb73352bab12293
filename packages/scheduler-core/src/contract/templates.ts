import * as z from 'zod'

import { JOB_POLICIES, RETRY_POLICIES } from '../policy/policies.ts'
import { exactSchema } from '../view/exactly.ts'
import { type ScheduleBody, scheduleInput } from './config-requests.ts'
import { type CommandResultView, commandResultObject } from './control.ts'
import { count } from './fields.ts'
import { type PolicyValueFields, policyValues } from './policy-fields.ts'
import { type CommandBody, jobName, onlyFields, reasonFields } from './requests.ts'

const JOBS = { error: 'a list of 1 to 100 jobs' }

/** As many as one call of the scheduler takes. */
function listOf<T extends z.ZodType>(job: T): z.ZodArray<T> {
  return z.array(job, JOBS).min(1, JOBS).max(100, JOBS)
}

const text = () => z.string({ error: 'text' })

const jobFields = {
  name: jobName,
  params: z.unknown().optional().describe("What the template's schema accepts, at most 8 KB; as a whole."),
  description: text().nullable().optional(),
  owner: text().nullable().optional(),
  tags: z.array(text(), { error: 'a list of tags' }).optional(),
  runbook_url: text().nullable().optional(),
  ...policyValues(JOB_POLICIES),
  retry: onlyFields(policyValues(RETRY_POLICIES)).optional(),
}

const newJob = onlyFields({
  template: z.string({ error: 'the name of a template' }),
  schedule: scheduleInput.nullable(),
  ...jobFields,
})
const changedJob = onlyFields({ schedule: scheduleInput.nullable().optional(), ...jobFields })

/** The body of `POST /create-jobs`: all of these jobs are made, or none. */
export const createJobsBody: z.ZodType<CreateJobsBody, CreateJobsBody> = exactSchema(
  onlyFields({ jobs: listOf(newJob), ...reasonFields }),
)

/** The body of `POST /update-jobs`: what is left out of a job stays. */
export const updateJobsBody: z.ZodType<UpdateJobsBody, UpdateJobsBody> = exactSchema(
  onlyFields({ jobs: listOf(changedJob), ...reasonFields }),
)

/** The body of `POST /remove-jobs`. */
export const removeJobsBody: z.ZodType<RemoveJobsBody, RemoveJobsBody> = exactSchema(
  onlyFields({ jobs: listOf(jobName), ...reasonFields }),
)

/** A command to jobs of templates. */
export const templateResult: z.ZodType<TemplateResultView> = exactSchema(
  commandResultObject.extend({ jobs: z.array(z.string()).describe('The jobs that were made, changed or removed.') }),
)

/** `GET /templates` */
export const templateList: z.ZodType<TemplateListView> = exactSchema(
  z.object({
    items: z.array(
      z.object({
        name: z.string(),
        description: z.string().nullable(),
        owner: z.string().nullable(),
        tags: z.array(z.string()),
        runbook_url: z.string().nullable(),
        params: z
          .record(z.string(), z.unknown())
          .nullable()
          .describe('The JSON Schema of the parameters; null: only other processes have the template.'),
        jobs: count.describe('The jobs of it that are in effect.'),
      }),
    ),
  }),
)

/** `GET /jobs/:job/template` */
export const templateUse: z.ZodType<TemplateUseView> = exactSchema(
  z.object({
    job: z.string(),
    template: z.string().nullable().describe('null: the job is defined in code, or retired.'),
    params: z.unknown().describe('What the job was made with.'),
  }),
)

interface JobFields extends PolicyValueFields<typeof JOB_POLICIES> {
  readonly name: string
  /** What the template's schema accepts, at most 8 KB; as a whole. */
  readonly params?: unknown
  readonly description?: string | null | undefined
  readonly owner?: string | null | undefined
  readonly tags?: readonly string[] | undefined
  readonly runbook_url?: string | null | undefined
  readonly retry?: PolicyValueFields<typeof RETRY_POLICIES> | undefined
}

export interface NewJobBody extends JobFields {
  readonly template: string
  /** `null`: it runs when somebody asks. */
  readonly schedule: ScheduleBody | null
}

export interface ChangedJobBody extends JobFields {
  readonly schedule?: ScheduleBody | null | undefined
}

export interface CreateJobsBody extends CommandBody {
  readonly jobs: readonly NewJobBody[]
}

export interface UpdateJobsBody extends CommandBody {
  readonly jobs: readonly ChangedJobBody[]
}

export interface RemoveJobsBody extends CommandBody {
  readonly jobs: readonly string[]
}

export interface TemplateResultView extends CommandResultView {
  /** The jobs that were made, changed or removed. */
  readonly jobs: readonly string[]
}

export interface TemplateListView {
  readonly items: readonly {
    readonly name: string
    readonly description: string | null
    readonly owner: string | null
    readonly tags: readonly string[]
    readonly runbook_url: string | null
    /** The JSON Schema of the parameters; `null`: only other processes have the template. */
    readonly params: Readonly<Record<string, unknown>> | null
    /** The jobs of it that are in effect. */
    readonly jobs: number
  }[]
}

export interface TemplateUseView {
  readonly job: string
  /** `null`: the job is defined in code, or retired. */
  readonly template: string | null
  /** What the job was made with. */
  readonly params: unknown
}

import * as z from 'zod'

import { SETTABLE, SHOWN } from '../policy/policies.ts'
import type { JobCounts } from '../reading/job-conditions.ts'
import { jobBlock } from '../status/blocks.ts'
import type { JobNumbers } from '../status/shapes.ts'
import { exactSchema } from '../view/exactly.ts'
import { type MetricExplanationView, metricExplanation } from '../view/metric-explanation.ts'
import { type AboutFields, aboutFields } from './about-fields.ts'
import { count, timestamp } from './fields.ts'
import { type PolicyFields, type PolicySettingFields, policyFields, policySettings } from './policy-fields.ts'

/** The rule that yields a job's due times. */
export const schedule: z.ZodType<ScheduleView> = exactSchema(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('every'), period_ms: z.number().positive(), anchor_at: timestamp }),
    z.object({ kind: z.literal('cron'), pattern: z.string(), timezone: z.string() }),
    z.object({ kind: z.literal('once'), at: timestamp }),
    z.object({ kind: z.literal('on-demand') }),
  ]),
)

/** A pause: who asked for it, why, since when, and when it ends by itself (`null`: it does not). */
export const pause: z.ZodType<PauseView> = exactSchema(
  z.object({
    by: z.string(),
    why: z.string().nullable(),
    at: timestamp,
    until: timestamp.nullable(),
  }),
)

/** What decides when and how a job runs; without `timeout_ms` there is no limit. */
export const policies: z.ZodType<PoliciesView> = exactSchema(
  z.object({
    schedule,
    ...policyFields(SHOWN.job),
    retry: z.object(policyFields(SHOWN.retry)),
  }),
)

/** The policies of a job that were set at run time. */
export const jobConfig: z.ZodType<JobConfigView> = exactSchema(
  z.object({
    schedule: schedule.optional(),
    ...policySettings(SETTABLE.job),
    retry: z.object(policySettings(SETTABLE.retry)).optional(),
  }),
)

const jobShape = {
  ...jobBlock.shape,
  ...aboutFields,
  schedule,
  paused: pause.nullable(),
  /** When it left the code, the last instance that had it; `null` while it is defined. */
  retired_at: timestamp.nullable(),
  /** In effect: `defaults` with `override` laid over them. */
  policies,
  /** As the code says. */
  defaults: policies,
  /** What was set at run time; empty for most. */
  override: jobConfig,
}

/** The fields of a job. */
export const JOB_FIELDS: readonly string[] = Object.keys(jobShape)

/** `GET /jobs/:job` */
export const job: z.ZodType<JobView> = exactSchema(z.object(jobShape))

/** `GET /jobs`: a page of the jobs, from one snapshot. */
export const jobList: z.ZodType<JobListView> = exactSchema(
  z.object({
    snapshot_id: z.string(),
    as_of: timestamp,
    stale: z.boolean(),
    no_longer_exact: z
      .array(z.string())
      .describe(
        'The ids of the metrics that are null because a sum of theirs has reached 2^53 - 1, where counting stops.',
      ),
    total: count.describe('The jobs that were asked for, on all pages.'),
    counts: z
      .object({
        total: count,
        ok: count,
        failing: count,
        overdue: count,
        no_worker: count,
        running_long: count,
        paused: count,
        running: count,
        queued: count.describe('Those with a run that waits in a queue for a worker.'),
        retired: count.describe('Those that no open instance has any more; `total` is without them.'),
      })
      .describe('The jobs that the search finds, by state; one with several problems counts in each of them.'),
    items: z.array(job),
    next_cursor: z.string().nullable(),
    explain: metricExplanation.optional(),
  }),
)

export interface JobView extends JobNumbers, AboutFields {
  readonly schedule: ScheduleView
  readonly paused: PauseView | null
  /** When the last open instance that had it was gone; `null` while it is defined. */
  readonly retired_at: string | null
  /** In effect: `defaults` with `override` laid over them. */
  readonly policies: PoliciesView
  /** As the code says. */
  readonly defaults: PoliciesView
  /** What was set at run time; empty for most. */
  readonly override: JobConfigView
}
export interface JobListView {
  readonly snapshot_id: string
  readonly as_of: string
  readonly stale: boolean
  /** The ids of the metrics that are `null` because a sum of theirs has reached 2^53 - 1, where counting stops. */
  readonly no_longer_exact: readonly string[]
  /** The jobs that were asked for, on all pages. */
  readonly total: number
  /** The jobs that the search finds, by state. A job with several problems counts in each of them. */
  readonly counts: JobCounts
  readonly items: readonly JobView[]
  /** The `cursor` of the next page; `null` at the end. */
  readonly next_cursor: string | null
  /** With `?explain=<id>`, how that number of each job on the page came about. */
  readonly explain?: MetricExplanationView | undefined
}
export interface PoliciesView extends PolicyFields<typeof SHOWN.job> {
  readonly schedule: ScheduleView
  readonly retry: PolicyFields<typeof SHOWN.retry>
}
export interface JobConfigView extends PolicySettingFields<typeof SETTABLE.job> {
  readonly schedule?: ScheduleView | undefined
  readonly retry?: PolicySettingFields<typeof SETTABLE.retry> | undefined
}
export type ScheduleView =
  | { readonly kind: 'every'; readonly period_ms: number; readonly anchor_at: string }
  | { readonly kind: 'cron'; readonly pattern: string; readonly timezone: string }
  | { readonly kind: 'once'; readonly at: string }
  /** No due time: the job runs when it is asked to. */
  | { readonly kind: 'on-demand' }
export interface PauseView {
  readonly by: string
  readonly why: string | null
  readonly at: string
  readonly until: string | null
}

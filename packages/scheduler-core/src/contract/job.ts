import * as z from 'zod'

import { SETTABLE, SHOWN } from '../policy/policies.ts'
import { jobBlock } from '../status/blocks.ts'
import { timestamp } from '../view/fields.ts'
import { policyFields, policySettings } from './policy-fields.ts'

/** The rule that yields a job's due times. */
export const schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every'), period_ms: z.number().positive(), anchor_at: timestamp }),
  z.object({ kind: z.literal('cron'), pattern: z.string(), timezone: z.string() }),
  z.object({ kind: z.literal('once'), at: timestamp }),
])

/** A pause: who asked for it, why, since when, and when it ends by itself (`null`: it does not). */
export const pause = z.object({
  by: z.string(),
  why: z.string().nullable(),
  at: timestamp,
  until: timestamp.nullable(),
})

/** What decides when and how a job runs; without `timeout_ms` there is no limit. */
export const policies = z.object({
  schedule,
  ...policyFields(SHOWN.job),
  retry: z.object(policyFields(SHOWN.retry)),
})

/** The policies of a job that were set at run time. */
export const jobConfig = z.object({
  schedule: schedule.optional(),
  ...policySettings(SETTABLE.job),
  retry: z.object(policySettings(SETTABLE.retry)).optional(),
})

/** `GET /jobs/:job` */
export const job = z.object({
  ...jobBlock.shape,
  schedule,
  paused: pause.nullable(),
  /** In effect: `defaults` with `override` laid over them. */
  policies,
  /** As the code says. */
  defaults: policies,
  /** What was set at run time; empty for most. */
  override: jobConfig,
})

/** `GET /jobs`: every job, in the order of their definition, from one snapshot. */
export const jobList: z.ZodType<JobListView> = z.object({
  snapshot_id: z.string(),
  as_of: timestamp,
  stale: z.boolean(),
  items: z.array(job),
})

export interface JobView extends z.infer<typeof job> {}
export interface JobListView {
  readonly snapshot_id: string
  readonly as_of: string
  readonly stale: boolean
  readonly items: readonly JobView[]
}
export type PoliciesView = z.infer<typeof policies>
export type JobConfigView = z.infer<typeof jobConfig>
export type ScheduleView = z.infer<typeof schedule>
export type PauseView = z.infer<typeof pause>

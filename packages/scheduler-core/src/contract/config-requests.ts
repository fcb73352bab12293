import * as z from 'zod'

import { SETTABLE } from '../policy/policies.ts'
import { CRON_DIALECTS, type CronDialect } from '../schedule/cron-dialect.ts'
import { exactSchema } from '../view/exactly.ts'
import { type PolicyBodyFields, policyBody } from './policy-fields.ts'
import { type CommandBody, instant, onlyFields, reasonFields } from './requests.ts'

const dialect = z.enum(CRON_DIALECTS, { error: '"quartz" or "eventbridge"' })

/** A schedule as a client sets it. An interval without `anchor_at` keeps the anchor of the job's own grid. */
export const scheduleInput: z.ZodType<ScheduleBody, ScheduleBody> = z.discriminatedUnion(
  'kind',
  [
    onlyFields({ kind: z.literal('every'), period_ms: number(), anchor_at: instant.optional() }),
    onlyFields({
      kind: z.literal('cron'),
      pattern: text(),
      timezone: text().optional(),
      dialect: dialect.optional(),
    }),
    onlyFields({ kind: z.literal('once'), at: instant }),
    onlyFields({ kind: z.literal('on-demand') }),
  ],
  { error: 'a schedule of the kind every, cron, once or on-demand, with no other fields than its own' },
)

/** The body of `PATCH /jobs/:job`. A field that is left out stays as it is; `null` removes what was set. */
export const jobConfigBody: z.ZodType<JobConfigBody, JobConfigBody> = exactSchema(
  onlyFields({
    schedule: scheduleInput.nullable().optional(),
    ...policyBody(SETTABLE.job),
    retry: onlyFields(policyBody(SETTABLE.retry)).nullable().optional(),
    ...reasonFields,
  }),
)

/** The body of `PATCH /config`. */
export const configBody: z.ZodType<ConfigBody, ConfigBody> = exactSchema(
  onlyFields({
    concurrency: number().nullable().optional(),
    providers: z
      .record(text(), onlyFields({ enabled: z.boolean({ error: 'true or false' }) }).nullable(), {
        error: 'an object of providers by their names',
      })
      .optional(),
    ...reasonFields,
  }),
)

function number() {
  return z.int({ error: 'a whole number' })
}

function text() {
  return z.string({ error: 'text' }).max(1_000, { error: 'at most 1,000 characters' })
}

export interface JobConfigBody extends CommandBody, PolicyBodyFields<typeof SETTABLE.job> {
  readonly schedule?: ScheduleBody | null | undefined
  readonly retry?: PolicyBodyFields<typeof SETTABLE.retry> | null | undefined
}

export type ScheduleBody =
  | { readonly kind: 'every'; readonly period_ms: number; readonly anchor_at?: string | undefined }
  | {
      readonly kind: 'cron'
      readonly pattern: string
      readonly timezone?: string | undefined
      /** The dialect that the pattern is written in, when it is not the scheduler's own. */
      readonly dialect?: CronDialect | undefined
    }
  | { readonly kind: 'once'; readonly at: string }
  | { readonly kind: 'on-demand' }

export interface ConfigBody extends CommandBody {
  readonly concurrency?: number | null | undefined
  readonly providers?: Readonly<Record<string, { readonly enabled: boolean } | null>> | undefined
}

import * as z from 'zod'

import { SETTABLE } from '../policy/policies.ts'
import { policyBody } from './policy-fields.ts'
import { instant, onlyFields, reasonFields } from './requests.ts'

/** A schedule as a client sets it. An interval without `anchor_at` keeps the anchor of the job's own grid. */
const scheduleInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('every'), period_ms: number(), anchor_at: instant.optional() }),
    z.strictObject({ kind: z.literal('cron'), pattern: text(), timezone: text().optional() }),
    z.strictObject({ kind: z.literal('once'), at: instant }),
  ],
  { error: 'a schedule of the kind every, cron or once, with no other fields than its own' },
)

/** The body of `PATCH /jobs/:job`. A field that is left out stays as it is; `null` removes what was set. */
export const jobConfigBody = onlyFields({
  schedule: scheduleInput.nullable().optional(),
  ...policyBody(SETTABLE.job),
  retry: onlyFields(policyBody(SETTABLE.retry)).nullable().optional(),
  ...reasonFields,
})

/** The body of `PATCH /config`. */
export const configBody = onlyFields({
  concurrency: number().nullable().optional(),
  providers: z
    .record(text(), onlyFields({ enabled: z.boolean({ error: 'true or false' }) }).nullable(), {
      error: 'an object of providers by their names',
    })
    .optional(),
  ...reasonFields,
})

function number() {
  return z.int({ error: 'a whole number' })
}

function text() {
  return z.string({ error: 'text' }).max(1_000, { error: 'at most 1,000 characters' })
}

export type JobConfigBody = z.input<typeof jobConfigBody>
export type ConfigBody = z.input<typeof configBody>

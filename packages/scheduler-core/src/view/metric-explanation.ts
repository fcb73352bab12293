import * as z from 'zod'

import { WINDOWS } from '../run/windows.ts'
import { noLongerExact, timestamp } from './fields.ts'

/** The explanation of a number from the same snapshot, which `?explain=<id>` adds to a status. */
export const metricExplanation = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  /** In words; `counts` has the value of each term. */
  formula: z.string(),
  help: z.string(),
  values: z.array(
    z.object({
      /** `all`, or the kind of subject that `name` names. */
      of: z.string(),
      name: z.string().nullable(),
      window: z.enum(WINDOWS).nullable(),
      /** The window is `(after, up_to]`; `after` is `null` for the lifetime, which begins with the counting. */
      after: timestamp.nullable(),
      up_to: timestamp,
      value: z.union([z.number(), z.string()]).nullable(),
      reason: noLongerExact.optional(),
      /** A count of 2^53 - 1 has stopped, and may stand for any greater one. */
      counts: z.record(z.string(), z.number()),
    }),
  ),
})

export type MetricExplanationView = z.infer<typeof metricExplanation>

import * as z from 'zod'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { exactSchema } from './exactly.ts'
import { noLongerExact, timestamp } from './fields.ts'

/** The explanation of a number, which `?explain=<id>` adds to a status. */
export const metricExplanation: z.ZodType<MetricExplanationView> = exactSchema(
  z.object({
    id: z.string(),
    /** The fields of responses that show it: `*` stands for a name, `[]` for each entry. */
    fields: z.array(z.string()).readonly(),
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
        after: timestamp().nullable(),
        up_to: timestamp(),
        value: z.union([z.number(), z.string()]).nullable(),
        reason: noLongerExact().optional(),
        /** A count of 2^53 - 1 has stopped, and may stand for any greater one. */
        counts: z.record(z.string(), z.number()),
      }),
    ),
  }),
)

export interface MetricExplanationView {
  readonly id: string
  /** The fields of responses that show it: `*` stands for a name, `[]` for each entry. */
  readonly fields: readonly string[]
  readonly title: string
  readonly unit: string
  /** In words; `counts` has the value of each term. */
  readonly formula: string
  readonly help: string
  readonly values: readonly ExplainedValue[]
}

interface ExplainedValue {
  /** `all`, or the kind of subject that `name` names. */
  readonly of: string
  readonly name: string | null
  readonly window: WindowId | null
  /** The window is `(after, up_to]`; `after` is `null` for the lifetime, which begins with the counting. */
  readonly after: string | null
  readonly up_to: string
  readonly value: number | string | null
  readonly reason?: 'no_longer_exact' | undefined
  /** A count of 2^53 - 1 has stopped, and may stand for any greater one. */
  readonly counts: Readonly<Record<string, number>>
}

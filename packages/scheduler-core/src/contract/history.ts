import * as z from 'zod'

import { HISTORY_METRICS } from '../metrics/history.ts'
import type { MetricId } from '../metrics/metrics.ts'
import { exactSchema } from '../view/exactly.ts'
import { noLongerExact, timestamp } from './fields.ts'
import { instant, jobName, onlyFields } from './requests.ts'

/** The query of `GET /history`: a windowed metric, from a whole minute on, in steps of whole minutes, at most 2,000. */
export const historyQuery: z.ZodType<AskedHistory, HistoryQueryParams> = exactSchema(
  onlyFields({
    metric: z.enum(HISTORY_METRICS, { error: 'the id of a metric that is computed over a window' }),
    from: instant,
    to: instant,
    step_ms: z
      .string()
      .regex(/^[1-9][0-9]{0,11}$/, { error: 'whole minutes, in milliseconds' })
      .transform(Number),
    /** For a metric of runs. */
    job: jobName.optional(),
    /** For a metric of provider calls. */
    provider: z
      .string()
      .regex(/^[\x21-\x7e]{1,64}$/, { error: 'the name of a provider' })
      .optional(),
  }),
)

/** `GET /history`: one value for each step, over what was settled in `(after, up_to]`. */
export const history: z.ZodType<HistoryView> = exactSchema(
  z.object({
    metric: z.string(),
    step_ms: z.int().positive(),
    /** Earlier values are `null`: they are no longer kept, or were never counted. A step in which counting began is known. */
    known_from: timestamp,
    points: z.array(
      z.object({ after: timestamp, up_to: timestamp, value: z.number().nullable(), reason: noLongerExact.optional() }),
    ),
  }),
)

export interface HistoryQueryParams {
  readonly metric: MetricId
  readonly from: string
  readonly to: string
  readonly step_ms: string
  readonly job?: string | undefined
  readonly provider?: string | undefined
}

interface AskedHistory extends Omit<HistoryQueryParams, 'step_ms'> {
  readonly step_ms: number
}

export interface HistoryView {
  readonly metric: string
  readonly step_ms: number
  readonly known_from: string
  readonly points: readonly HistoryPointView[]
}

interface HistoryPointView {
  readonly after: string
  readonly up_to: string
  readonly value: number | null
  readonly reason?: 'no_longer_exact' | undefined
}

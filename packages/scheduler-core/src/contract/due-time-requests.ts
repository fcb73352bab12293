import * as z from 'zod'

import { exactSchema } from '../view/exactly.ts'
import { type CommandBody, instant, isOrdered, jobName, ORDER, onlyFields, reasonFields } from './requests.ts'
import { upTo } from './words.ts'

/** The query of `GET /jobs/:job/preview`: how many due times to foresee (default 10). */
export const previewQuery: z.ZodType<AskedPreview, PreviewQueryParams> = exactSchema(
  onlyFields({
    n: z
      .string()
      .regex(/^(?:[1-9][0-9]{0,2}|1000)$/, { error: 'a whole number from 1 to 1000' })
      .transform(Number)
      .optional(),
  }),
)

/** The query of `GET /jobs/:job/explain`. */
export const explainQuery: z.ZodType<ExplainQueryParams, ExplainQueryParams> = exactSchema(onlyFields({ at: instant }))

/** A range of due times over HTTP covers at most this much. */
const MAX_RANGE_MS = 31 * 86_400_000

/** Due times in `[from, to)`, at most 31 days (default the last 24 h). */
const rangeFields = { from: instant.optional(), to: instant.optional() }

const TOO_LONG = { path: ['from'], error: 'an instant at most 31 days before "to"' }

function isShort({ from, to }: RangeQueryParams): boolean {
  return from === undefined || to === undefined || Date.parse(to) - Date.parse(from) <= MAX_RANGE_MS
}

/** The query of `GET /audit`: due times in `[from, to)` (default the last 24 h), at most 31 days, of one job or all. */
export const auditQuery: z.ZodType<AuditQueryParams, AuditQueryParams> = exactSchema(
  onlyFields({ ...rangeFields, job: jobName.optional() })
    .refine(({ from, to }) => isOrdered(from, to), ORDER)
    .refine(isShort, TOO_LONG),
)

/** The query of `GET /jobs/:job/due-times`: due times in `[from, to)` (default the last 24 h), at most 31 days. */
export const dueTimesQuery: z.ZodType<AskedDueTimes, DueTimesQueryParams> = exactSchema(
  onlyFields({
    ...rangeFields,
    limit: upTo(2_000).optional(),
    cursor: z
      .string()
      .regex(/^[0-9]{1,16}$/, { error: 'the next_cursor of the page before' })
      .optional(),
  })
    .refine(({ from, to }) => isOrdered(from, to), ORDER)
    .refine(isShort, TOO_LONG),
)

/** The body of `POST /jobs/:job/backfill`: past due times in `[from, to)`. */
export const backfillBody: z.ZodType<BackfillBody, BackfillBody> = exactSchema(
  onlyFields({ from: instant, to: instant, ...reasonFields }).refine(({ from, to }) => isOrdered(from, to), ORDER),
)

export interface PreviewQueryParams {
  readonly n?: string | undefined
}

interface AskedPreview {
  readonly n?: number | undefined
}

export interface ExplainQueryParams {
  readonly at: string
}

interface RangeQueryParams {
  /** The first instant (default a day before `to`). */
  readonly from?: string | undefined
  /** The first instant after the range (default a day after `from`, and now without `from`). */
  readonly to?: string | undefined
}

export interface AuditQueryParams extends RangeQueryParams {
  /** Only this job. */
  readonly job?: string | undefined
}

export interface DueTimesQueryParams extends RangeQueryParams {
  /** From 1 to 2,000 (default 500). */
  readonly limit?: string | undefined
  /** The `next_cursor` of the page before. */
  readonly cursor?: string | undefined
}

interface AskedDueTimes extends Omit<DueTimesQueryParams, 'limit'> {
  readonly limit?: number | undefined
}

export interface BackfillBody extends CommandBody {
  readonly from: string
  readonly to: string
}

import * as z from 'zod'

import { CRON_DIALECTS, type CronDialect } from '../schedule/cron-dialect.ts'
import { exactSchema } from '../view/exactly.ts'
import { type CommandBody, instant, isOrdered, jobName, ORDER, onlyFields, reasonFields } from './requests.ts'
import { upTo } from './words.ts'

const n = upTo(1_000).optional()
const text = z.string().max(1_000, { error: 'at most 1,000 characters' })

/**
 * The query of `GET /jobs/:job/preview`: how many due times to foresee (default 10), from when on (default now), and by
 * which schedule (default the job's): a cron pattern, an interval, or an instant.
 */
export const previewQuery: z.ZodType<AskedPreview, PreviewQueryParams> = exactSchema(
  onlyFields({
    n,
    from: instant.optional(),
    cron: text.optional(),
    timezone: text.optional(),
    dialect: z.enum(CRON_DIALECTS, { error: 'quartz or eventbridge' }).optional(),
    every_ms: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, { error: 'a whole number of milliseconds' })
      .transform(Number)
      .optional(),
    anchor_at: instant.optional(),
    at: instant.optional(),
  })
    .refine(({ cron, every_ms, at }) => [cron, every_ms, at].filter((given) => given !== undefined).length <= 1, {
      error: 'at most one of cron, every_ms and at',
    })
    .refine(({ cron, timezone }) => timezone === undefined || cron !== undefined, {
      path: ['timezone'],
      error: 'a "cron" beside it',
    })
    .refine(({ cron, dialect }) => dialect === undefined || cron !== undefined, {
      path: ['dialect'],
      error: 'a "cron" beside it',
    })
    .refine(({ every_ms, anchor_at }) => anchor_at === undefined || every_ms !== undefined, {
      path: ['anchor_at'],
      error: 'an "every_ms" beside it',
    }),
)

/** The query of `GET /preview`: how many due times of all jobs to foresee (default 20). */
export const upcomingQuery: z.ZodType<AskedUpcoming, UpcomingQueryParams> = exactSchema(onlyFields({ n }))

/** The query of `GET /jobs/:job/backfill`: past due times in `[from, to)`. */
export const backfillQuery: z.ZodType<BackfillQueryParams, BackfillQueryParams> = exactSchema(
  onlyFields({ from: instant, to: instant }).refine(({ from, to }) => isOrdered(from, to), ORDER),
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

export interface UpcomingQueryParams {
  /** From 1 to 1,000. */
  readonly n?: string | undefined
}

interface AskedUpcoming {
  readonly n?: number | undefined
}

export interface PreviewQueryParams extends UpcomingQueryParams {
  readonly from?: string | undefined
  /** A pattern of 5 or 6 fields. */
  readonly cron?: string | undefined
  /** The zone of `cron` (default UTC). */
  readonly timezone?: string | undefined
  /** The dialect that `cron` is written in, when it is not the scheduler's own: `quartz` or `eventbridge`. */
  readonly dialect?: CronDialect | undefined
  /** An interval in milliseconds. */
  readonly every_ms?: string | undefined
  /** An instant of the grid of `every_ms` (default as `PATCH /jobs/:job` has it). */
  readonly anchor_at?: string | undefined
  /** The one instant of a schedule that is due once. */
  readonly at?: string | undefined
}

export interface AskedPreview extends Omit<PreviewQueryParams, 'n' | 'every_ms'> {
  readonly n?: number | undefined
  readonly every_ms?: number | undefined
}

export interface BackfillQueryParams {
  readonly from: string
  readonly to: string
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

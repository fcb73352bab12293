import { toIso } from '../../clock.ts'
import { type AskedPreview, backfillQuery, previewQuery, upcomingQuery } from '../../contract/due-time-requests.ts'
import { backfillPreview, preview, upcoming } from '../../contract/due-times.ts'
import { isSchedulerError, SchedulerError } from '../../errors.ts'
import type { ScheduleInput } from '../../schedule/schedule-input.ts'
import { json } from '../exchange/response.ts'
import { inWireTerms } from '../exchange/wire-terms.ts'
import { toForeseenView } from '../views/due-time-view.ts'
import { jobParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { toReadOptions } from './to-options.ts'

const DEFAULT_PREVIEW = 10
const DEFAULT_UPCOMING = 20
const MAX_BACKFILL_ITEMS = 100

/** What would run: of a job, of all of them, and of a backfill. */
export const previewRoutes: readonly Route[] = [
  defineRoute({
    id: 'upcoming',
    method: 'GET',
    path: '/preview',
    access: 'read',
    action: 'preview',
    isBudgeted: true,
    query: upcomingQuery,
    responses: { 200: upcoming },
    async handler({ query: { n = DEFAULT_UPCOMING } }, context) {
      const items = await context.scheduler.upcoming(n, toReadOptions(context))
      return json({ items: items.map(({ job, ...foreseen }) => ({ job, ...toForeseenView(foreseen) })) })
    },
  }),
  defineRoute({
    id: 'preview',
    method: 'GET',
    path: '/jobs/:job/preview',
    access: 'read',
    action: 'preview-job',
    isBudgeted: true,
    query: previewQuery,
    responses: { 200: preview },
    async handler({ query }, context) {
      const { scheduler, request } = context
      const job = await jobParam(request, scheduler)
      const schedule = scheduleOf(query)
      const options = {
        ...(query.from !== undefined && { from: Date.parse(query.from) }),
        ...(schedule && { schedule }),
        ...toReadOptions(context),
      }
      const items = await scheduler.preview(job, query.n ?? DEFAULT_PREVIEW, options).catch(inTermsOfTheQuery)
      return json({ job, items: items.map(toForeseenView) })
    },
  }),
  defineRoute({
    id: 'preview-backfill',
    method: 'GET',
    path: '/jobs/:job/backfill',
    access: 'read',
    action: 'preview-backfill',
    isBudgeted: true,
    query: backfillQuery,
    responses: { 200: backfillPreview },
    async handler({ query }, context) {
      const { scheduler, request } = context
      const job = await jobParam(request, scheduler)
      const range = { from: Date.parse(query.from), to: Date.parse(query.to) }
      const { dueTimes, queued, left } = await scheduler.previewBackfill(job, range, toReadOptions(context))
      return json({
        job,
        from: toIso(range.from),
        to: toIso(range.to),
        count: dueTimes.length,
        items: dueTimes.slice(0, MAX_BACKFILL_ITEMS).map(toIso),
        queued,
        already: left.succeeded + left.running + left.backfilled,
        left_out: left,
      })
    },
  }),
]

/** The schedule that is asked about; `null` for that of the job. */
function scheduleOf(asked: AskedPreview): ScheduleInput | null {
  const { cron, timezone, dialect, every_ms: periodMs, anchor_at: anchor, at } = asked
  if (cron !== undefined) {
    return { kind: 'cron', pattern: cron, ...(timezone !== undefined && { timezone }), ...(dialect && { dialect }) }
  }
  if (at !== undefined) return { kind: 'once', at: Date.parse(at) }
  if (periodMs === undefined) return null
  return { kind: 'every', periodMs, ...(anchor !== undefined && { anchorAt: Date.parse(anchor) }) }
}

/** Turns the scheduler's refusal of a schedule into one that names the parameter of the query. */
function inTermsOfTheQuery(error: unknown): never {
  if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
  const { path } = error.details
  // The rest of the path names the field of a pattern, such as ` (hour)`.
  const [, field = '', rest = ''] = /^preview\.schedule\.(\w+)(.*)$/.exec(path) ?? []
  const name = PARAMETERS[field]
  if (name === undefined) throw error
  const terms = { ...inWireTerms(error.details), path: `query.${name}${rest}` }
  throw new SchedulerError('INVALID_REQUEST', terms, { cause: error })
}

/** The parameters by the fields of a schedule. */
const PARAMETERS: Readonly<Record<string, string>> = {
  pattern: 'cron',
  timezone: 'timezone',
  periodMs: 'every_ms',
  anchorAt: 'anchor_at',
  at: 'at',
}

import { toIso } from '../../clock.ts'
import { dueTimeList } from '../../contract/due-time-list.ts'
import { auditQuery, dueTimesQuery, explainQuery } from '../../contract/due-time-requests.ts'
import { audit, explanation } from '../../contract/due-times.ts'
import { json } from '../exchange/response.ts'
import { toDueTimeView } from '../views/due-time-list-view.ts'
import { toAuditView, toExplanationView } from '../views/due-time-view.ts'
import { toRunView } from '../views/run-view.ts'
import { assertJobFilter, jobParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { toReadOptions } from './to-options.ts'

const DAY_MS = 86_400_000

/** What became of due times, why something did not run, and whether every due time is accounted for. */
export const dueTimeRoutes: readonly Route[] = [
  defineRoute({
    id: 'explain',
    method: 'GET',
    path: '/jobs/:job/explain',
    access: 'read',
    action: 'explain-job',
    isBudgeted: true,
    query: explainQuery,
    responses: { 200: explanation },
    async handler({ query: { at } }, context) {
      const { scheduler, request, logUrlOf } = context
      const job = await jobParam(request, scheduler)
      const explained = await scheduler.explain(job, new Date(at).getTime(), toReadOptions(context))
      return json(toExplanationView(explained, logUrlOf))
    },
  }),
  defineRoute({
    id: 'audit',
    method: 'GET',
    path: '/audit',
    access: 'read',
    action: 'audit',
    isBudgeted: true,
    query: auditQuery,
    isOfAskedJob: true,
    responses: { 200: audit },
    async handler({ query: { job, ...range } }, context) {
      const { scheduler, clock } = context
      if (job !== undefined) await assertJobFilter(job, scheduler)
      const asked = rangeOf(range, clock.now())
      const query = { ...asked, ...(job !== undefined && { job }) }
      return json(toAuditView(asked, await scheduler.audit(query, toReadOptions(context))))
    },
  }),
  defineRoute({
    id: 'due-times',
    method: 'GET',
    path: '/jobs/:job/due-times',
    access: 'read',
    action: 'list-due-times',
    isBudgeted: true,
    query: dueTimesQuery,
    responses: { 200: dueTimeList },
    async handler({ query: { limit, cursor, ...range } }, context) {
      const { scheduler, request, clock, logUrlOf } = context
      const job = await jobParam(request, scheduler)
      const { from, to } = rangeOf(range, clock.now())
      const paging = { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) }
      const page = await scheduler.dueTimes(job, { from, to, ...paging }, toReadOptions(context))
      return json({
        job,
        from: toIso(from),
        to: toIso(to),
        items: page.items.map(toDueTimeView),
        next_cursor: page.nextCursor,
        manual: page.manual.map((run) => toRunView(run, logUrlOf)),
        manual_complete: page.manualComplete,
      })
    },
  }),
]

interface AskedRange {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The asked range; the last day unless it is told otherwise. */
function rangeOf(asked: AskedRange, now: number) {
  const to = asked.to === undefined ? endOf(asked.from, now) : new Date(asked.to).getTime()
  const from = asked.from === undefined ? to - DAY_MS : new Date(asked.from).getTime()
  return { from, to }
}

/** A day after `from`, and now without a `from`. */
function endOf(from: string | undefined, now: number): number {
  return from === undefined ? now : new Date(from).getTime() + DAY_MS
}

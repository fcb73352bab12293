import { auditQuery, explainQuery, previewQuery } from '../../contract/due-time-requests.ts'
import { audit, explanation, preview } from '../../contract/due-times.ts'
import { json } from '../exchange/response.ts'
import { toAuditView, toExplanationView, toForeseenView } from '../views/due-time-view.ts'
import { jobParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'

const DAY_MS = 86_400_000
const DEFAULT_PREVIEW = 10

/** What would run, why something did not, and whether every due time is accounted for. */
export const dueTimeRoutes: readonly Route[] = [
  defineRoute({
    id: 'preview',
    method: 'GET',
    path: '/jobs/:job/preview',
    access: 'read',
    action: 'preview-job',
    query: previewQuery,
    responses: { 200: preview },
    async handler({ query: { n = DEFAULT_PREVIEW } }, { scheduler, request }) {
      const job = jobParam(request, scheduler)
      return json({ job, items: (await scheduler.preview(job, n)).map(toForeseenView) })
    },
  }),
  defineRoute({
    id: 'explain',
    method: 'GET',
    path: '/jobs/:job/explain',
    access: 'read',
    action: 'explain-job',
    query: explainQuery,
    responses: { 200: explanation },
    async handler({ query: { at } }, { scheduler, request, logUrlOf }) {
      const job = jobParam(request, scheduler)
      return json(toExplanationView(await scheduler.explain(job, new Date(at).getTime()), logUrlOf))
    },
  }),
  defineRoute({
    id: 'audit',
    method: 'GET',
    path: '/audit',
    access: 'read',
    action: 'audit',
    query: auditQuery,
    responses: { 200: audit },
    async handler({ query }, { scheduler, clock }) {
      const to = query.to === undefined ? endOf(query.from, clock.now()) : new Date(query.to).getTime()
      const from = query.from === undefined ? to - DAY_MS : new Date(query.from).getTime()
      const range = { from, to }
      return json(toAuditView(range, await scheduler.audit(range)))
    },
  }),
]

/** A day after `from`, and now without a `from`. */
function endOf(from: string | undefined, now: number): number {
  return from === undefined ? now : new Date(from).getTime() + DAY_MS
}

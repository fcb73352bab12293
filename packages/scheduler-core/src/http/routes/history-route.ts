import { toIso } from '../../clock.ts'
import { type HistoryView, history, historyQuery } from '../../contract/history.ts'
import { isSchedulerError, SchedulerError } from '../../errors.ts'
import type { MetricHistory } from '../../metrics/history.ts'
import { json } from '../exchange/response.ts'
import { inWireTerms } from '../exchange/wire-terms.ts'
import { assertJobFilter } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { toReadOptions } from './to-options.ts'

/** `GET /history`: how a metric went over time. */
export const historyRoute: Route = defineRoute({
  id: 'history',
  method: 'GET',
  path: '/history',
  access: 'read',
  action: 'read-history',
  isBudgeted: true,
  query: historyQuery,
  isOfAskedJob: true,
  responses: { 200: history },
  async handler({ query }, context) {
    const { scheduler } = context
    const { metric, step_ms: stepMs, job, provider } = query
    if (job !== undefined) await assertJobFilter(job, scheduler)
    const range = { from: new Date(query.from).getTime(), to: new Date(query.to).getTime(), stepMs }
    const names = { ...(job !== undefined && { job }), ...(provider !== undefined && { provider }) }
    const asked = { metric, ...range, ...names }
    const answer = await scheduler.history(asked, toReadOptions(context)).catch(inTermsOfTheQuery)
    return json(toHistoryView(answer))
  },
})

/** Turns the scheduler's refusal into one that names the parameter of the query. */
function inTermsOfTheQuery(error: unknown): never {
  if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
  const { path, ...terms } = inWireTerms(error.details)
  const name = path.replace(/^history\./, '')
  throw new SchedulerError('INVALID_REQUEST', { path: `query.${name}`, ...terms }, { cause: error })
}

function toHistoryView({ metric, stepMs, knownFrom, points }: MetricHistory): HistoryView {
  return {
    metric,
    step_ms: stepMs,
    known_from: toIso(knownFrom),
    points: points.map(({ after, upTo, ...rest }) => ({ after: toIso(after), up_to: toIso(upTo), ...rest })),
  }
}

import { runsQuery } from '../../contract/requests.ts'
import { ledgerPage } from '../../contract/run.ts'
import { ledgerRow } from '../../contract/run-detail.ts'
import { SchedulerError } from '../../errors.ts'
import { json } from '../exchange/response.ts'
import { toRunDetail } from '../views/run-detail-view.ts'
import { toEntryView, toLedgerPage } from '../views/run-view.ts'
import { entryOf, runIdParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { toReadOptions } from './to-options.ts'

const DEFAULT_LIMIT = 50
/** What is asked before the answer says where an error was thrown. */
const STACK = { action: 'read-stack', access: 'control' } as const
/** The most commands that are told of one run. */
const MOST_COMMANDS = 10

/** The ledger: in pages, and one row of it. */
export const runRoutes: readonly Route[] = [
  defineRoute({
    id: 'runs',
    method: 'GET',
    path: '/runs',
    access: 'read',
    action: 'list-runs',
    isBudgeted: true,
    query: runsQuery,
    isOfAskedJob: true,
    responses: { 200: ledgerPage },
    async handler({ query }, context) {
      const { scheduler, logUrlOf } = context
      const { limit = DEFAULT_LIMIT, cursor, job, state, trigger, instance, from, to } = query
      const asked = {
        limit,
        ...(cursor !== undefined && { cursor }),
        ...(job !== undefined && { job }),
        ...(state !== undefined && { states: state }),
        ...(trigger !== undefined && { triggers: trigger }),
        ...(instance !== undefined && { instance }),
        ...(from !== undefined && { from: new Date(from).getTime() }),
        ...(to !== undefined && { to: new Date(to).getTime() }),
      }
      const page = await scheduler.listRuns(asked, toReadOptions(context))
      return json(toLedgerPage(page, logUrlOf))
    },
  }),
  defineRoute({
    id: 'run',
    method: 'GET',
    path: '/runs/:id',
    access: 'read',
    action: 'read-run',
    isBudgeted: true,
    responses: { 200: ledgerRow },
    async handler(_input, context) {
      const { scheduler, request, logUrlOf, mayFor } = context
      const id = runIdParam(request)
      const entry = await entryOf(id, context)
      // Whoever may not read the runs of the job is not told that there is this one.
      if (!entry || !(await mayFor(entry.job))) throw new SchedulerError('RUN_NOT_FOUND', { runId: id })
      if (entry.kind === 'unrun') return json(toEntryView(entry, logUrlOf))
      const { items: log } = await scheduler.listLog({ runId: id, limit: MOST_COMMANDS }, toReadOptions(context))
      const withStack = entry.error?.stack !== undefined && (await mayFor(entry.job, STACK))
      return json(toRunDetail(entry, { log, withStack, logUrlOf }))
    },
  }),
]

import { logPage } from '../../contract/control.ts'
import { job, jobList } from '../../contract/job.ts'
import { jobsQuery } from '../../contract/list-requests.ts'
import { pageQuery, runsQuery } from '../../contract/requests.ts'
import { ledgerEntry, ledgerPage } from '../../contract/run.ts'
import { SchedulerError } from '../../errors.ts'
import { metricScopeOf } from '../../metrics/scope.ts'
import { adminStatusV1 } from '../../status/frozen-admin-v1.ts'
import { json, tagged } from '../exchange/response.ts'
import { toLogPage } from '../views/control-view.ts'
import { toJobList } from '../views/job-list.ts'
import { toJobView } from '../views/job-view.ts'
import { toEntryView, toLedgerPage } from '../views/run-view.ts'
import { configReadRoute } from './config-routes.ts'
import { definitionsRoute } from './definitions-route.ts'
import { dueTimeRoutes } from './due-time-routes.ts'
import { eventsRoute } from './events-route.ts'
import { historyRoute } from './history-route.ts'
import { jobTag } from './if-match.ts'
import { openApiRoute } from './openapi-route.ts'
import { jobParam, runIdParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { statusRoute } from './status-route.ts'

/** The reads of operations. */
export const adminReadRoutes: readonly Route[] = [
  statusRoute(adminStatusV1),
  eventsRoute(adminStatusV1, { ignoresQuery: true }),
  definitionsRoute('admin'),
  defineRoute({
    id: 'jobs',
    method: 'GET',
    path: '/jobs',
    access: 'read',
    action: 'list-jobs',
    query: jobsQuery,
    responses: { 200: jobList },
    handler: async ({ query }, { scheduler }) => json(toJobList(await scheduler.snapshot(), query)),
  }),
  defineRoute({
    id: 'job',
    method: 'GET',
    path: '/jobs/:job',
    access: 'read',
    action: 'read-job',
    responses: { 200: job, 304: null },
    async handler(_input, { scheduler, request }) {
      const name = jobParam(request, scheduler)
      const reading = await scheduler.snapshot()
      const { snapshot } = reading
      const found = snapshot.jobs.find((candidate) => candidate.name === name)
      if (!found) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
      const version = snapshot.scheduler.controlVersion
      return tagged(toJobView(found, metricScopeOf(reading)), jobTag({ version, snapshotId: snapshot.id }), request)
    },
  }),
  defineRoute({
    id: 'runs',
    method: 'GET',
    path: '/runs',
    access: 'read',
    action: 'list-runs',
    query: runsQuery,
    responses: { 200: ledgerPage },
    async handler({ query }, { scheduler }) {
      const { limit = DEFAULT_LIMIT, cursor, job, state, from, to } = query
      const page = await scheduler.listRuns({
        limit,
        ...(cursor !== undefined && { cursor }),
        ...(job !== undefined && { job }),
        ...(state !== undefined && { states: state }),
        ...(from !== undefined && { from: new Date(from).getTime() }),
        ...(to !== undefined && { to: new Date(to).getTime() }),
      })
      return json(toLedgerPage(page))
    },
  }),
  defineRoute({
    id: 'run',
    method: 'GET',
    path: '/runs/:id',
    access: 'read',
    action: 'read-run',
    responses: { 200: ledgerEntry },
    async handler(_input, { scheduler, request }) {
      const id = runIdParam(request)
      const [entry] = (await scheduler.listRuns({ id, limit: 1 })).items
      if (!entry) throw new SchedulerError('RUN_NOT_FOUND', { runId: id })
      return json(toEntryView(entry))
    },
  }),
  defineRoute({
    id: 'log',
    method: 'GET',
    path: '/log',
    access: 'read',
    action: 'read-log',
    query: pageQuery,
    responses: { 200: logPage },
    async handler({ query: { limit = DEFAULT_LIMIT, cursor } }, { scheduler }) {
      return json(toLogPage(await scheduler.listLog({ limit, ...(cursor !== undefined && { cursor }) })))
    },
  }),
  historyRoute,
  ...dueTimeRoutes,
  configReadRoute,
  openApiRoute,
]

const DEFAULT_LIMIT = 50

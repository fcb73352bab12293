import { job, jobList } from '../../contract/job.ts'
import { jobsQuery } from '../../contract/list-requests.ts'
import { SchedulerError } from '../../errors.ts'
import { metricScopeOf } from '../../metrics/scope.ts'
import { adminStatusV1 } from '../../status/frozen-admin-v1.ts'
import { json, tagged } from '../exchange/response.ts'
import { toJobList } from '../views/job-list.ts'
import { toJobView } from '../views/job-view.ts'
import { backfillQueueRoute } from './backfill-queue-routes.ts'
import { configReadRoute } from './config-routes.ts'
import { definitionsRoute } from './definitions-route.ts'
import { dueTimeRoutes } from './due-time-routes.ts'
import { eventsRoute } from './events-route.ts'
import { historyRoute } from './history-route.ts'
import { jobTag } from './if-match.ts'
import { logRoute } from './log-route.ts'
import { openApiRoute } from './openapi-route.ts'
import { jobParam } from './params.ts'
import { previewRoutes } from './preview-routes.ts'
import { defineRoute, type Route } from './route.ts'
import { runRoutes } from './run-routes.ts'
import { statusRoute } from './status-route.ts'
import { templateReadRoutes } from './template-routes.ts'

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
      const name = await jobParam(request, scheduler)
      const reading = await scheduler.snapshot()
      const { snapshot } = reading
      const found = [...snapshot.jobs, ...snapshot.retired].find((candidate) => candidate.name === name)
      if (!found) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
      const version = snapshot.scheduler.controlVersion
      return tagged(toJobView(found, metricScopeOf(reading)), jobTag({ version, snapshotId: snapshot.id }), request)
    },
  }),
  ...runRoutes,
  logRoute,
  historyRoute,
  ...previewRoutes,
  backfillQueueRoute,
  ...templateReadRoutes,
  ...dueTimeRoutes,
  configReadRoute,
  openApiRoute,
]

import { metricDefinitions } from '../../contract/metric-definitions.ts'
import type { Audience } from '../../metrics/described.ts'
import { json } from '../response.ts'
import { defineRoute, type Route } from '../route.ts'
import { toDefinitionsView } from '../views/definitions-view.ts'

/** `GET /metrics/definitions` of a view: what every number that it may show means. */
export function definitionsRoute(audience: Audience): Route {
  return defineRoute({
    id: 'definitions',
    method: 'GET',
    path: '/metrics/definitions',
    access: 'read',
    action: 'read-definitions',
    responses: { 200: metricDefinitions },
    handler: async (_input, { scheduler }) => json(toDefinitionsView((await scheduler.snapshot()).snapshot, audience)),
  })
}

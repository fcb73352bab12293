import { definitionsQuery } from '../../contract/list-requests.ts'
import { metricDefinitions } from '../../contract/metric-definitions.ts'
import type { LibraryAudience } from '../../reading/audience.ts'
import { json } from '../exchange/response.ts'
import { toDefinitionsView } from '../views/definitions-view.ts'
import { defineRoute, type Route } from './route.ts'

/**
 * `GET /metrics/definitions` of a view: the definition of every number that the view may show. With `?metric=` it is that
 * of one number, by its id or by the name of a field.
 */
export function definitionsRoute(audience: LibraryAudience): Route {
  return defineRoute({
    id: 'definitions',
    method: 'GET',
    path: '/metrics/definitions',
    access: 'read',
    action: 'read-definitions',
    query: definitionsQuery,
    responses: { 200: metricDefinitions },
    handler: async ({ query: { metric } }, { scheduler }) =>
      json(toDefinitionsView((await scheduler.snapshot()).snapshot, audience, metric)),
  })
}

import type { Declared } from '../../ports/declared.ts'
import { freshnessView } from '../../status/freshness-view.ts'
import { marketDataStatusV1 } from '../../status/frozen-market-data-v1.ts'
import { providersView } from '../../status/providers-view.ts'
import { json } from '../exchange/response.ts'
import { definitionsRoute } from './definitions-route.ts'
import { eventsRoute } from './events-route.ts'
import { openApiRoute } from './openapi-route.ts'
import { defineRoute, type Route } from './route.ts'
import { statusRoute } from './status-route.ts'

/** The reads of the data's users, for a host whose sources declare exactly this. They carry no error text, host or key. */
export function marketDataRoutes(declared: Declared): readonly Route[] {
  const freshness = freshnessView.schemaFor(declared)
  const providerList = providersView.schemaFor(declared)
  return [
    statusRoute(marketDataStatusV1),
    eventsRoute(marketDataStatusV1),
    definitionsRoute('market-data'),
    defineRoute({
      id: 'providers',
      method: 'GET',
      path: '/providers',
      access: 'read',
      action: 'list-providers',
      responses: { 200: providerList },
      named: { providerList },
      handler: async (_input, { scheduler }) => json(providersView.project(await scheduler.snapshot())),
    }),
    defineRoute({
      id: 'freshness',
      method: 'GET',
      path: '/freshness',
      access: 'read',
      action: 'read-freshness',
      responses: { 200: freshness },
      named: { freshness },
      handler: async (_input, { scheduler }) => json(freshnessView.project(await scheduler.snapshot())),
    }),
    openApiRoute,
  ]
}

import { freshnessFor } from '../../contract/freshness.ts'
import { freshnessQueryFor, providersQueryFor } from '../../contract/list-requests.ts'
import type { Declared } from '../../ports/declared.ts'
import { marketDataStatusV1 } from '../../status/frozen-market-data-v1.ts'
import { providersView } from '../../status/providers-view.ts'
import { json } from '../exchange/response.ts'
import { toFreshness } from '../views/feed-list.ts'
import { toProviderList } from '../views/provider-list.ts'
import { definitionsRoute } from './definitions-route.ts'
import { eventsRoute } from './events-route.ts'
import { openApiRoute } from './openapi-route.ts'
import { defineRoute, type Route } from './route.ts'
import { statusRoute } from './status-route.ts'

/** The reads of the data's users, for a host whose sources declare exactly this. They carry no error text, host or key. */
export function marketDataRoutes(declared: Declared): readonly Route[] {
  const freshness = freshnessFor(declared)
  const providerList = providersView.schemaFor(declared)
  return [
    statusRoute(marketDataStatusV1),
    eventsRoute(marketDataStatusV1, { ignoresQuery: true }),
    definitionsRoute('market-data'),
    defineRoute({
      id: 'providers',
      method: 'GET',
      path: '/providers',
      access: 'read',
      action: 'list-providers',
      query: providersQueryFor(declared),
      responses: { 200: providerList },
      named: { providerList },
      handler: async ({ query }, { scheduler }) => json(toProviderList(await scheduler.snapshot(), query)),
    }),
    defineRoute({
      id: 'freshness',
      method: 'GET',
      path: '/freshness',
      access: 'read',
      action: 'read-freshness',
      query: freshnessQueryFor(declared),
      responses: { 200: freshness },
      named: { freshness },
      handler: async ({ query }, { scheduler }) => json(toFreshness(await scheduler.snapshot(), query)),
    }),
    openApiRoute,
  ]
}

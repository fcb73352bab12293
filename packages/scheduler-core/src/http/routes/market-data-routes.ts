import type { freshness } from '../../contract/freshness.ts'
import { providerList } from '../../contract/provider.ts'
import { type marketDataStatusV2, marketDataStatusV2For } from '../../contract/status-v2.ts'
import type { FeedWord } from '../../ports/feeds.ts'
import { freshnessView } from '../../status/freshness-view.ts'
import { marketDataStatusV1 } from '../../status/frozen-market-data-v1.ts'
import { providersView } from '../../status/providers-view.ts'
import { json } from '../exchange/response.ts'
import { definitionsRoute } from './definitions-route.ts'
import { eventsRoute } from './events-route.ts'
import { openApiRoute } from './openapi-route.ts'
import { defineRoute, type Route } from './route.ts'
import { statusRoute } from './status-route.ts'

/** The reads of the data's users. They carry no error text, host or key. */
export function marketDataRoutes({ freshness }: Pick<FeedSchemas, 'freshness'>): readonly Route[] {
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

/** The schemas of the answers that contain feeds, by their names in the contract. */
export interface FeedSchemas {
  readonly freshness: typeof freshness
  readonly marketDataStatusV2: typeof marketDataStatusV2
}

/** The schemas for a host whose feeds have exactly these words. */
export function feedSchemasFor(feedWords: readonly FeedWord[]): FeedSchemas {
  return { freshness: freshnessView.schemaFor({ feedWords }), marketDataStatusV2: marketDataStatusV2For(feedWords) }
}

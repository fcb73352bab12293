import { marketDataStatusV1 } from '../../contract/market-data-status-v1.ts'
import { providerList } from '../../contract/provider.ts'
import { json } from '../response.ts'
import { defineRoute, type Route } from '../route.ts'
import { toProviderList } from '../views/provider-view.ts'
import { readStatus } from './read-status.ts'

/** What the users of the data read. Carries no error text, host or key. */
export const marketDataRoutes: readonly Route[] = [
  defineRoute({
    id: 'status',
    method: 'GET',
    path: '/status',
    access: 'read',
    action: 'read-status',
    responses: { 200: marketDataStatusV1, 304: null },
    handler: (_input, context) => readStatus(context),
  }),
  defineRoute({
    id: 'providers',
    method: 'GET',
    path: '/providers',
    access: 'read',
    action: 'list-providers',
    responses: { 200: providerList },
    handler: async (_input, { scheduler }) => json(toProviderList(await scheduler.snapshot())),
  }),
]

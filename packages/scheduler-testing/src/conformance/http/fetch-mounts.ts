import type {
  AdminHttpOptions,
  Authorize,
  HealthHttpOptions,
  MarketDataHttpOptions,
  UnsafeAllowAll,
} from '@pm/scheduler-core/http'

import type { HttpMounts, ReadHeader } from './adapter.ts'

/** The options of `createFetchHandler` for each view, but for where it is mounted. */
export interface FetchMounts {
  readonly admin: Omit<AdminHttpOptions<Request>, 'view'>
  readonly marketData: Omit<MarketDataHttpOptions<Request>, 'view'>
  readonly health: Omit<HealthHttpOptions<Request>, 'view'>
}

/** What the suite wants served, for hosts whose requests are `Request`: its hooks read the headers of one. */
export function toFetchMounts({ admin, marketData, health: { authorize, ...health } }: HttpMounts): FetchMounts {
  return {
    admin: { ...admin, authorize: ofRequest(admin.authorize) },
    marketData: { ...marketData, authorize: ofRequest(marketData.authorize) },
    health: { ...health, ...(authorize && { authorize: hookOfRequest(authorize) }) },
  }
}

function ofRequest(authorize: Authorize<ReadHeader> | UnsafeAllowAll): Authorize<Request> | UnsafeAllowAll {
  return typeof authorize === 'function' ? hookOfRequest(authorize) : authorize
}

function hookOfRequest(authorize: Authorize<ReadHeader>): Authorize<Request> {
  return ({ headers }, target) => authorize((name) => headers.get(name), target)
}

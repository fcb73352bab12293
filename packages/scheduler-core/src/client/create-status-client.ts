import type { AdminStatusV1 } from '../contract/admin-status-v1.ts'
import type { Health } from '../contract/health.ts'
import type { MarketDataStatusV1 } from '../contract/market-data-status-v1.ts'
import type { ProviderListView } from '../contract/provider.ts'
import { type AdminClient, createAdminClient } from './admin-client.ts'
import { type StatusClientOptions, withClientDefaults } from './client-options.ts'
import { toClientError } from './status-client-error.ts'
import { type StatusListener, type Subscription, subscribe } from './subscription.ts'
import { createTransport, readJson } from './transport.ts'

/** The routes of a scheduler, as its users call them. Every method rejects with a `StatusClientError`. */
export interface StatusClient {
  readonly admin: AdminClient
  readonly marketData: MarketDataClient
  readonly health: HealthClient
}

export interface MarketDataClient {
  status(): Promise<MarketDataStatusV1>
  providers(): Promise<ProviderListView>
  /** Calls the listener with the present status, and with every new one, until it is closed. */
  subscribe(listener: StatusListener<MarketDataStatusV1>): Subscription
}

export interface HealthClient {
  /** A probe that fails is an answer like any other. */
  live(): Promise<Health>
  ready(): Promise<Health>
}

/** A client for the routes of this library, in a browser or in Node. It opens nothing until it is asked. */
export function createStatusClient(given: StatusClientOptions): StatusClient {
  const options = withClientDefaults(given)
  const { paths, clock } = options
  const admin = createTransport(paths.admin, options)
  const marketData = createTransport(paths.marketData, options)
  const health = createTransport(paths.health, options)

  async function probe(path: string): Promise<Health> {
    const response = await health.send(path)
    if (!response.ok && response.status !== 503) throw await toClientError(response)
    return readJson(response)
  }

  return {
    admin: {
      ...createAdminClient(admin),
      subscribe: (listener: StatusListener<AdminStatusV1>) => subscribe(admin, clock, listener),
    },
    marketData: {
      status: () => marketData.json('/status'),
      providers: () => marketData.json('/providers'),
      subscribe: (listener) => subscribe(marketData, clock, listener),
    },
    health: { live: () => probe('/health/live'), ready: () => probe('/health/ready') },
  }
}

import type { FreshnessView } from '../contract/freshness.ts'
import type { Health } from '../contract/health.ts'
import type { FreshnessQueryParams, StatusQueryParams, ViewQueryParams } from '../contract/list-requests.ts'
import type { MetricDefinitionsView } from '../contract/metric-definitions.ts'
import type { ProviderListView } from '../contract/provider.ts'
import type {
  AdminChangesOf,
  AdminStatusOf,
  MarketDataAnswerOf,
  MarketDataChangesOf,
  MarketDataStatusOf,
  StatusVersion,
} from '../contract/versions.ts'
import { type AdminClient, createAdminClient, type Params } from './admin-client.ts'
import { type StatusClientOptions, withClientDefaults } from './client-options.ts'
import { adminReader, marketDataReader } from './event-reader.ts'
import { toClientError } from './status-client-error.ts'
import { type StatusListener, type Subscription, subscribe } from './subscription.ts'
import { createTransport, readJson } from './transport.ts'

/** The routes of a scheduler, as its users call them. Every method rejects with a `StatusClientError`. */
export interface StatusClient<V extends StatusVersion = 'v1'> {
  readonly admin: AdminClient<V>
  readonly marketData: MarketDataClient<V>
  readonly health: HealthClient
}

export interface MarketDataClient<V extends StatusVersion = 'v1'> {
  /**
   * `query` is for version 2: it makes the status smaller, which its type does not tell, or explains a number, in the
   * answer's `explain`.
   */
  status(query?: Params<StatusQueryParams>): Promise<MarketDataAnswerOf[V]>
  providers(query?: Params<ViewQueryParams>): Promise<ProviderListView>
  /** A page of the feeds; `cursor` is the `next_cursor` of the page before. */
  freshness(query?: Params<FreshnessQueryParams>): Promise<FreshnessView>
  /** The definitions of the numbers that the view may show. */
  definitions(): Promise<MetricDefinitionsView>
  /** Calls the listener with the present status and every new one, until it is closed. */
  subscribe(listener: StatusListener<MarketDataStatusOf[V], MarketDataChangesOf[V]>): Subscription
}

export interface HealthClient {
  /** A failed probe is an answer like any other, and does not reject. */
  live(): Promise<Health>
  ready(): Promise<Health>
  /** Whether the feeds are fresh. */
  data(): Promise<Health>
}

/**
 * A client for the routes of this library, in a browser or in Node, typed for the version that they are mounted with.
 * Opens no connection until a method is called.
 */
export function createStatusClient<V extends StatusVersion = 'v1'>(given: StatusClientOptions<V>): StatusClient<V> {
  const options = withClientDefaults(given)
  const { paths, clock, version } = options
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
      ...createAdminClient<V>(admin),
      subscribe: (listener: StatusListener<AdminStatusOf[V], AdminChangesOf[V]>) =>
        subscribe({ transport: admin, clock, reader: adminReader<V>(version), listener }),
    },
    marketData: {
      status: (query) => marketData.json('/status', query && { query }),
      providers: (query) => marketData.json('/providers', query && { query }),
      freshness: (query) => marketData.json('/freshness', query && { query }),
      definitions: () => marketData.json('/metrics/definitions'),
      subscribe: (listener) =>
        subscribe({ transport: marketData, clock, reader: marketDataReader<V>(version), listener }),
    },
    health: {
      live: () => probe('/health/live'),
      ready: () => probe('/health/ready'),
      data: () => probe('/health/data'),
    },
  }
}

export type {
  AdminChangesOf,
  AdminStatusOf,
  MarketDataChangesOf,
  MarketDataStatusOf,
  StatusVersion,
} from '../contract/versions.ts'
export type { AdminClient, CommandCall } from './admin-client.ts'
export type { ClientPaths, HeadersOfClient, StatusClientOptions } from './client-options.ts'
export {
  createStatusClient,
  type HealthClient,
  type MarketDataClient,
  type StatusClient,
} from './create-status-client.ts'
export { StatusClientError, type StatusClientErrorCode } from './status-client-error.ts'
export type { Connection, StatusEvent, StatusListener, Subscription } from './subscription.ts'

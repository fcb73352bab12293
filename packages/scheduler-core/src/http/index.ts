export type { StatusVersion } from '../contract/versions.ts'
export type { Access, Action, AuthorizationTarget, Principal, View } from './access.ts'
export { type Authorization, type Authorize, type UnsafeAllowAll, unsafeAllowAll } from './authorize.ts'
export { type CommandLimits, type CommandLimitsOptions, createCommandLimits } from './command-limits.ts'
export { createFetchHandler, type FetchHandler, type FetchHandlerOptions } from './create-fetch-handler.ts'
export { createHttpService, type HttpCall, type HttpService } from './create-http-service.ts'
export type { Deprecation } from './deprecation.ts'
export type { LiveOptions } from './events/live-options.ts'
export { createStreamLimits, type StreamLimits, type StreamLimitsOptions } from './events/stream-limits.ts'
export { type OpenApiDocument, type OpenApiInput, toOpenApi } from './openapi.ts'
export type {
  AdminHttpOptions,
  CommonOptions,
  GuardedOptions,
  HealthHttpOptions,
  HttpServiceOptions,
  MarketDataHttpOptions,
  RequestFailure,
} from './options.ts'
export { BODY_LIMIT_BYTES, tooLarge } from './read-json-body.ts'
export type { PlainRequest, RequestBody } from './request.ts'
export type { PlainResponse } from './response.ts'
export type { ResponseStream, StreamSink } from './response-stream.ts'
export type { Route } from './route.ts'
export { adminControlRoutes } from './routes/admin-control-routes.ts'
export { adminReadRoutes } from './routes/admin-read-routes.ts'
export { healthRoutes } from './routes/health-routes.ts'
export { marketDataRoutes } from './routes/market-data-routes.ts'
export { toNodeListener } from './to-node-listener.ts'
export { type RouteSelection, routesOf } from './views-of.ts'

import '#node-floor'

export { type CommandLimits, type CommandLimitsOptions, createCommandLimits } from '../budget/command-limits.ts'
export { within } from '../clock.ts'
export type { StatusVersion } from '../contract/versions.ts'
export { BODY_LIMIT_BYTES } from '../limits.ts'
export type { LiveOptions } from './events/live-options.ts'
export { createStreamLimits, type StreamLimits, type StreamLimitsOptions } from './events/stream-limits.ts'
export { hangUpOf, type NodeResponse } from './exchange/hang-up.ts'
export { isMatched } from './exchange/if-none-match.ts'
export { isBodyRead, keptBody, mayHaveBody, type NodeRequest } from './exchange/kept-body.ts'
export { toProblem } from './exchange/problem.ts'
export { bodyTooLarge } from './exchange/read-json-body.ts'
export type { PlainRequest, RequestBody } from './exchange/request.ts'
export type { PlainResponse } from './exchange/response.ts'
export type { ResponseStream, StreamSink } from './exchange/response-stream.ts'
export type { AuthorizationTarget, HttpView, Principal, RouteAccess, RouteAction } from './guard/access.ts'
export { type AllowedHostsOptions, createHostCheck, type RefuseForeignHost } from './guard/allowed-hosts.ts'
export {
  type Admission,
  type Admitted,
  type Authorization,
  type Authorize,
  admit,
  type GuardOptions,
  type UnsafeAllowAll,
  unsafeAllowAll,
} from './guard/authorize.ts'
export type { AllowedJobs, JobScope } from './guard/job-scope.ts'
export { adminControlRoutes } from './routes/admin-control-routes.ts'
export { adminReadRoutes } from './routes/admin-read-routes.ts'
export { healthRoutes } from './routes/health-routes.ts'
export type { Route } from './routes/route.ts'
export { type ClosableServer, type CloseWithOptions, closeWith } from './service/close-with.ts'
export {
  createFetchHandler,
  createSiteFetchHandler,
  type FetchHandler,
  type FetchHandlerOptions,
  type FetchMountOptions,
} from './service/create-fetch-handler.ts'
export {
  createHttpService,
  type HttpCall,
  type HttpService,
  type UnmatchedCall,
} from './service/create-http-service.ts'
export type { Deprecation } from './service/deprecation.ts'
export { type HttpSite, type SiteCall, toSite } from './service/http-site.ts'
export { type OpenApiDocument, type OpenApiInput, toOpenApi } from './service/openapi.ts'
export type {
  AdminHttpOptions,
  CommonOptions,
  GuardedOptions,
  HealthHttpOptions,
  HttpServiceOptions,
  MarketDataHttpOptions,
  RequestFailure,
} from './service/options.ts'
export { toNodeListener } from './service/to-node-listener.ts'
export { type RouteSelection, routesOf } from './service/views-of.ts'

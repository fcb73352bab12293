export {
  type Authorization,
  type AuthorizationTarget,
  type Authorize,
  createStreamLimits,
  type LiveOptions,
  type StreamLimits,
  type StreamLimitsOptions,
  unsafeAllowAll,
} from '@pm/scheduler-core/http'
export type { SchedulerRouter } from './mount-service.ts'
export {
  type AdminRouterOptions,
  adminSchedulerRouter,
  type HealthRouterOptions,
  healthRouter,
  type MarketDataRouterOptions,
  marketDataSchedulerRouter,
} from './routers.ts'

export {
  type Authorization,
  type AuthorizationTarget,
  type Authorize,
  type CommandLimits,
  type CommandLimitsOptions,
  createCommandLimits,
  createStreamLimits,
  type Deprecation,
  type LiveOptions,
  type StreamLimits,
  type StreamLimitsOptions,
  unsafeAllowAll,
} from '@pm/scheduler-core/http'
export type { SchedulerRouter } from './mount-service.ts'
export { schedulerDashboard } from './mount-site.ts'
export {
  type AdminRouterOptions,
  adminSchedulerRouter,
  type HealthRouterOptions,
  healthRouter,
  type MarketDataRouterOptions,
  marketDataSchedulerRouter,
} from './routers.ts'

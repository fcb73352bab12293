export { type Authorization, type AuthorizationTarget, type Authorize, unsafeAllowAll } from '@pm/scheduler-core/http'
export {
  type AdminRouterOptions,
  adminSchedulerRouter,
  type HealthRouterOptions,
  healthRouter,
  type MarketDataRouterOptions,
  marketDataSchedulerRouter,
} from './routers.ts'

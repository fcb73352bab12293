export { describeEngine } from './engine/describe-engine.ts'
export type {
  CreateEngineHarness,
  EngineHarness,
  EngineServer,
  EngineSide,
  ForeignMessage,
} from './engine/harness.ts'
export type { CreateStoreHarness, StoreHarness, StoreSuiteOptions } from './harness/harness.ts'
export {
  type BodyReader,
  behindProxy,
  describeHttpAdapter,
  describeHttpWalk,
  describeReadBodies,
  type FetchMounts,
  type HttpAdapterOptions,
  type HttpMounts,
  type HttpScope,
  type HttpServer,
  type ProxyOptions,
  type ReadHeader,
  type ServeHttp,
  toFetchMounts,
} from './http/index.ts'
export { describeScheduler, type SchedulerSuiteOptions } from './scheduler/describe-scheduler.ts'
export { describeSessionProvider } from './sessions/describe-session-provider.ts'
export type { CreateSessionHarness, SessionHarness } from './sessions/harness.ts'
export { describeStore } from './store/describe-store.ts'

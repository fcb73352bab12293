export type { HttpMounts, HttpServer, ReadHeader, ServeHttp } from './adapter.ts'
export { behindProxy, type ProxyOptions } from './behind-proxy.ts'
export { describeHttpAdapter } from './describe-http-adapter.ts'
export { createStagedScheduler, type StagedScheduler } from './staged-scheduler.ts'

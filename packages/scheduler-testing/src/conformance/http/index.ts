export type { HttpMounts, HttpScope, HttpServer, ReadHeader, ServeHttp } from './adapter.ts'
export { behindProxy, type ProxyOptions } from './behind-proxy.ts'
export { describeHttpAdapter, type HttpAdapterOptions } from './describe-http-adapter.ts'
export { type BodyReader, describeReadBodies } from './describe-read-bodies.ts'

export type { HttpMounts, HttpServer, ReadHeader, ServeHttp } from './adapter.ts'
export { describeHttpAdapter } from './describe-http-adapter.ts'

import { METHODS } from 'node:http'

import { createFetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import { describeHttpAdapter, type ServeHttp, toFetchMounts } from '@pm/scheduler-testing/conformance'
import Fastify, { type FastifyServerOptions } from 'fastify'

import { ADMIN, createApp, HEALTH, MARKET_DATA } from '../src/create-app.ts'

const serve: ServeHttp = async (mounts) => {
  const options = toFetchMounts(mounts)
  const admin = createFetchHandler(mounts.scheduler, { ...options.admin, view: 'admin', basePath: ADMIN })
  const marketData = createFetchHandler(mounts.scheduler, {
    ...options.marketData,
    view: 'market-data',
    basePath: MARKET_DATA,
  })
  const listener = toNodeListener((request) => (request.url.includes(ADMIN) ? admin(request) : marketData(request)))
  // Paths with a broken escape and methods that Fastify does not know are refused before any plugin: the suite wants our
  // answers to them.
  const frameworkErrors: FastifyServerOptions['frameworkErrors'] = (_error, { raw }, reply) => listener(raw, reply.raw)
  const app = Fastify({ frameworkErrors })
  const isNew = (method: string) => method !== 'CONNECT' && !app.supportedMethods.includes(method)
  for (const method of METHODS.filter(isNew)) app.addHttpMethod(method)
  createApp(mounts.scheduler, options, app)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    adminUrl: url + ADMIN,
    marketDataUrl: url + MARKET_DATA,
    healthUrl: url + HEALTH,
    async close() {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

describeHttpAdapter('Fastify 5', serve, { scope: process.env['WHOLE'] === '1' ? 'whole' : 'mount' })

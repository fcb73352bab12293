import { describeHttpAdapter, serveHandlers } from '@pm/scheduler-testing/conformance'
import Fastify from 'fastify'

import { schedulerRoutes } from '../src/scheduler-routes.ts'

const serve = serveHandlers(async (views) => {
  const app = Fastify()
  for (const { path, handler } of Object.values(views)) app.register(schedulerRoutes, { prefix: path, handler })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    async close() {
      app.server.closeAllConnections()
      await app.close()
    },
  }
})

describeHttpAdapter('Fastify 5', serve, { scope: process.env['WHOLE'] ? 'whole' : 'mount' })

import { type FetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import type { FastifyPluginCallback } from 'fastify'

/**
 * Serves a fetch handler at the plugin's prefix and below it: `app.register(schedulerRoutes, { prefix, handler })`. Fastify's
 * body parsers are left out within, so that the handler reads each body itself; hooks of the app run before it.
 */
export const schedulerRoutes: FastifyPluginCallback<{ readonly handler: FetchHandler }> = (app, { handler }, done) => {
  const listener = toNodeListener(handler)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
  for (const url of ['/', '/*'])
    app.all(url, (request, reply) => {
      reply.hijack()
      // What hooks have set, such as CORS: they set it on the reply, which is no longer sent.
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value)
      listener(request.raw, reply.raw)
    })
  done()
}

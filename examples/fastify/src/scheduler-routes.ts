import { type FetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import type { FastifyPluginCallback } from 'fastify'

/**
 * Serves a fetch handler at the plugin's prefix and below it: `app.register(schedulerRoutes, { prefix, handler })`. Within
 * it no body parser of Fastify runs, so that the handler reads each body itself. Hooks of the app run before it.
 */
export const schedulerRoutes: FastifyPluginCallback<{ readonly handler: FetchHandler }> = (app, { handler }, done) => {
  const listener = toNodeListener(handler)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
  for (const url of ['/', '/*'])
    app.all(url, (request, reply) => {
      reply.hijack()
      // Headers that hooks have set, as those for CORS do, are still on the reply, which is not sent any more.
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      listener(request.raw, reply.raw)
    })
  done()
}

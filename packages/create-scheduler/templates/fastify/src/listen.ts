import type { Scheduler } from '@pm/scheduler-core'
import { toNodeListener } from '@pm/scheduler-core/http'
import { type FastifyInstance, fastify } from 'fastify'

import { type Listening, portOf } from './listening.ts'
import { schedulerMounts } from './scheduler-mounts.ts'
import type { Settings } from './settings.ts'

/** Serves the scheduler. Your own routes go beside it. */
export async function listen(scheduler: Scheduler, { host, port, adminToken }: Settings): Promise<Listening> {
  const app = fastify()
  await app.register(async (routes) => mountScheduler(routes, scheduler, adminToken))
  await app.listen({ host, port })
  return { server: app, port: portOf(app.server) }
}

/** In a plugin of its own, because the routes read the bodies of their requests themselves. */
function mountScheduler(routes: FastifyInstance, scheduler: Scheduler, token: string): void {
  routes.removeAllContentTypeParsers()
  routes.addContentTypeParser('*', (_request, _payload, done) => done(null))
  for (const { path, answer } of schedulerMounts(scheduler, token)) {
    const listener = toNodeListener(answer)
    for (const url of [path, `${path}/*`]) {
      routes.all(url, (request, reply) => {
        reply.hijack()
        // What hooks have set, such as CORS, was for the reply that is no longer sent.
        for (const [name, value] of Object.entries(reply.getHeaders())) {
          if (value !== undefined) reply.raw.setHeader(name, value)
        }
        listener(request.raw, reply.raw)
      })
    }
  }
}

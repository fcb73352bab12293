import type { Scheduler } from '@pm/scheduler-core'
import { createDashboard } from '@pm/scheduler-dashboard'
import {
  type Authorize,
  adminSchedulerRouter,
  healthRouter,
  marketDataSchedulerRouter,
  schedulerDashboard,
} from '@pm/scheduler-express'
import type { Request, RequestHandler } from 'express'

import { BASIC_CHALLENGE, createAccess } from './access.ts'

/** An app of Express, or whatever mounts its routers. */
export interface RouterHost {
  use(path: string, ...handlers: RequestHandler[]): unknown
}

/** Mounts the routes and the pages of a scheduler, for whoever has the token. */
export function mountScheduler(app: RouterHost, { scheduler, token }: { scheduler: Scheduler; token: string }): void {
  const access = createAccess(token)
  const authorize: Authorize<Request> = (request) => access(request.headers.authorization)
  const askForLogin: RequestHandler = (request, response, next) => {
    if (access(request.headers.authorization).allow) next()
    else response.status(401).set('WWW-Authenticate', BASIC_CHALLENGE).end()
  }

  app.use('/api/v1/admin/scheduler', adminSchedulerRouter(scheduler, { authorize, control: true }))
  app.use('/api/v1/market-data/scheduler', marketDataSchedulerRouter(scheduler, { authorize }))
  app.use('/health', healthRouter(scheduler))
  app.use('/admin', askForLogin, schedulerDashboard(createDashboard(scheduler, { authorize, control: true })))
}

import type { Scheduler } from '@pm/scheduler-core'
import { type Authorize, createFetchHandler } from '@pm/scheduler-core/http'
import { Hono } from 'hono'

/** An app with the three views of a scheduler, whose admin has the token. */
export function createApp(scheduler: Scheduler, token: string): Hono {
  const authorize: Authorize<Request> = ({ headers }) =>
    headers.get('authorization') === `Bearer ${token}`
      ? { allow: true, principal: { name: 'ada' } }
      : { allow: false, reason: 'unauthenticated' }

  const basePath = '/api/v1/admin/scheduler'
  const admin = createFetchHandler(scheduler, { view: 'admin', basePath, authorize, control: true })
  const marketDataPath = '/api/v1/market-data/scheduler'
  const marketData = createFetchHandler(scheduler, { view: 'market-data', basePath: marketDataPath, authorize })
  const health = createFetchHandler(scheduler, { view: 'health' })

  return new Hono()
    .all(`${basePath}/*`, ({ req }) => admin(req.raw))
    .all(`${marketDataPath}/*`, ({ req }) => marketData(req.raw))
    .all('/health/*', ({ req }) => health(req.raw))
}

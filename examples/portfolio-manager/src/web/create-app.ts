import type { Logger, Scheduler } from '@pm/scheduler-core'
import type { RequestFailure } from '@pm/scheduler-core/http'
import { createDashboard } from '@pm/scheduler-dashboard'
import {
  adminSchedulerRouter,
  healthRouter,
  marketDataSchedulerRouter,
  schedulerDashboard,
} from '@pm/scheduler-express'
import express, { type Express } from 'express'

import type { Access } from '../auth/access.ts'
import { authorizeScheduler as authorize } from '../auth/authorize.ts'
import { accountBehindGate, gate, identify } from '../auth/gate.ts'
import { loginRoutes } from '../auth/login-routes.ts'
import type { TrustedProxies } from '../config/trusted-proxies.ts'
import type { Market } from '../market/market.ts'
import type { Valuation } from '../portfolio/create-valuation.ts'
import { portfolioRoutes } from '../portfolio/portfolio-routes.ts'
import { recalculationStatusRoute } from '../recalculation/recalculation-status.ts'
import { loadAssets } from './assets.ts'
import { metricsRoute } from './metrics-route.ts'
import { homePage } from './pages/home-page.ts'
import { loginPage } from './pages/login-page.ts'
import { pagesOptions } from './pages-options.ts'
import { answerError, notFound } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

/**
 * The HTTP application. Only the probes, the login pages and the static files of the pages are public. Every other path
 * requires an account, even one that does not exist.
 */
export function createApp(options: AppOptions): Express {
  const { scheduler, recalculation, valuation, access, market, logger, allowedOrigins } = options
  const onError = (error: unknown, failure: RequestFailure) =>
    logger.error({ error, ...failure }, 'a scheduler route failed')
  const commands = { control: true, allowedOrigins }
  const version2 = { authorize, onError, version: 'v2' } as const
  const assets = loadAssets(PUBLIC_FOLDER)
  const { kind: marketData, note: replayNote } = market
  const pages = pagesOptions(marketData)

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', options.trustProxy)
  app.use(securityHeaders(marketData))

  app.use(healthRouter(scheduler))
  app.use(assets.router)
  app.use(loginRoutes({ access, assets, logger, allowedOrigins }))
  app.use(identify(access))
  app.use('/api/v1/admin/scheduler', adminSchedulerRouter(scheduler, { authorize, onError, ...commands }))
  app.use('/api/v1/market-data/scheduler', marketDataSchedulerRouter(scheduler, { authorize, onError }))
  app.use('/api/v2/admin/scheduler', adminSchedulerRouter(scheduler, { ...version2, ...commands }))
  app.use('/api/v2/market-data/scheduler', marketDataSchedulerRouter(scheduler, version2))
  app.use(
    '/admin',
    schedulerDashboard(createDashboard([scheduler, recalculation], { ...pages, ...commands, authorize, onError })),
  )
  app.use('/api/v1/portfolio', gate(), portfolioRoutes(valuation))
  app.get('/api/v1/portfolio/scheduler/status', gate(), recalculationStatusRoute(recalculation))
  app.get('/metrics', gate(), metricsRoute([scheduler, recalculation]))
  app.get(
    '/',
    gate((_request, response) => response.status(401).send(loginPage({ assets }))),
    (_request, response) => {
      const account = accountBehindGate(response)
      response.set('Cache-Control', 'no-store').send(homePage({ account, assets, replayNote }))
    },
  )

  app.use(gate(), notFound)
  app.use(answerError(logger))
  return app
}

export interface AppOptions {
  readonly scheduler: Scheduler
  readonly recalculation: Scheduler
  readonly valuation: Valuation
  readonly access: Access
  readonly market: Market
  readonly logger: Logger
  /** Origins whose pages may send commands beside the server's own: those of a proxy that rewrites Host. */
  readonly allowedOrigins: readonly string[]
  /** The proxies that are believed about the client's address and the scheme: for `Secure` cookies and the limits. */
  readonly trustProxy: TrustedProxies
}

const PUBLIC_FOLDER = new URL('../../public/', import.meta.url)

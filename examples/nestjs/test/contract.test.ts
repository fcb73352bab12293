import 'reflect-metadata'

import type { AddressInfo } from 'node:net'

import { type ArgumentsHost, Catch, type ExceptionFilter, type NestInterceptor } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import type { Authorize, UnsafeAllowAll } from '@pm/scheduler-core/http'
import { adminSchedulerRouter, healthRouter, marketDataSchedulerRouter } from '@pm/scheduler-express'
import { describeHttpAdapter, type ReadHeader, type ServeHttp } from '@pm/scheduler-testing/conformance'
import type { Request } from 'express'
import { map } from 'rxjs'

import { SchedulerModule } from '../src/scheduler/scheduler.module.ts'

const ADMIN = '/api/v1/admin/scheduler'
const MARKET_DATA = '/api/v1/market-data/scheduler'

const wraps: NestInterceptor = { intercept: (_context, next) => next.handle().pipe(map((data) => ({ data }))) }

@Catch()
class AnswersTeapots implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse().status(418).end()
  }
}

/** In an app whose prefix, interceptors and filters change every answer of its own. Its body parser runs before the routes. */
const serve: ServeHttp = async ({ scheduler, admin, marketData, health }) => {
  const { environment: _, ...adminOptions } = admin
  const { environment: __, ...marketDataOptions } = marketData
  const { authorize: knows, ...healthOptions } = health
  const routers = {
    [ADMIN]: adminSchedulerRouter(scheduler, { ...adminOptions, authorize: adapt(admin.authorize) }),
    [MARKET_DATA]: marketDataSchedulerRouter(scheduler, {
      ...marketDataOptions,
      authorize: adapt(marketData.authorize),
    }),
    '/probes': healthRouter(scheduler, { ...healthOptions, ...(knows && { authorize: adaptHook(knows) }) }),
  }
  // The suite has opened its scheduler, and counts what is asked of it.
  const opened = { ...scheduler, open: async () => {}, close: async () => {} }
  const module = SchedulerModule.forRootAsync({ useFactory: () => ({ scheduler: opened, routers }) })
  const app = (await Test.createTestingModule({ imports: [module] }).compile()).createNestApplication({ logger: false })
  app.setGlobalPrefix('api').useGlobalInterceptors(wraps).useGlobalFilters(new AnswersTeapots())
  await app.listen(0, '127.0.0.1')
  const server = app.getHttpServer()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    adminUrl: url + ADMIN,
    marketDataUrl: url + MARKET_DATA,
    healthUrl: `${url}/probes`,
    async close() {
      server.closeAllConnections()
      await app.close()
    },
  }
}

describeHttpAdapter('NestJS 11 on Express', serve, { scope: process.env['WHOLE'] === '1' ? 'whole' : 'mount' })

function adapt(authorize: Authorize<ReadHeader> | UnsafeAllowAll): Authorize<Request> | UnsafeAllowAll {
  return typeof authorize === 'function' ? adaptHook(authorize) : authorize
}

function adaptHook(authorize: Authorize<ReadHeader>): Authorize<Request> {
  return (req, target) => authorize((name) => req.get(name) ?? null, target)
}

import { Module } from '@nestjs/common'
import { createMemoryBackend, createScheduler } from '@pm/scheduler-core'
import { createDashboard } from '@pm/scheduler-dashboard'
import {
  adminSchedulerRouter,
  healthRouter,
  marketDataSchedulerRouter,
  schedulerDashboard,
} from '@pm/scheduler-express'
import type { Request } from 'express'

import { AuthModule } from './auth/auth.module.ts'
import { LoginController } from './auth/login.controller.ts'
import { RolesGuard, type User } from './auth/roles.guard.ts'
import { SchedulerRights } from './auth/scheduler.rights.ts'
import { PollPricesJob } from './prices/poll-prices.job.ts'
import { PricesModule } from './prices/prices.module.ts'
import { authorizeBy } from './scheduler/authorize-by.ts'
import { SchedulerModule } from './scheduler/scheduler.module.ts'

export const ADMIN = '/api/v1/admin/scheduler'

@Module({
  imports: [
    SchedulerModule.forRootAsync({
      imports: [AuthModule, PricesModule],
      inject: [PollPricesJob, RolesGuard],
      useFactory({ job }: PollPricesJob, guard: RolesGuard) {
        const scheduler = createScheduler({ name: 'market_data_scheduler', jobs: [job], ...createMemoryBackend() })
        const nameOf = (request: Request & { user?: User }) => request.user?.name ?? ''
        const authorize = authorizeBy(guard, { rights: SchedulerRights, nameOf })
        return {
          scheduler,
          routers: {
            [ADMIN]: adminSchedulerRouter(scheduler, { authorize, control: true }),
            '/api/v1/market-data/scheduler': marketDataSchedulerRouter(scheduler, { authorize }),
            '/health': healthRouter(scheduler),
            '/admin': schedulerDashboard(createDashboard(scheduler, { authorize, control: true })),
          },
        }
      },
    }),
  ],
  controllers: [LoginController],
})
export class AppModule {}

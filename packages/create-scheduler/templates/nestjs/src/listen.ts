import 'reflect-metadata'

import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { Scheduler } from '@pm/scheduler-core'

import { AppModule } from './app.module.ts'
import { type Listening, portOf } from './listening.ts'
import { mountScheduler } from './mount-scheduler.ts'
import type { Settings } from './settings.ts'

/** Serves the scheduler. Your own modules go into `AppModule`. */
export async function listen(scheduler: Scheduler, { host, port, adminToken }: Settings): Promise<Listening> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.of(scheduler), { logger: ['warn', 'error'] })
  mountScheduler(app, { scheduler, token: adminToken })
  await app.listen(port, host)
  return { server: app, port: portOf(app.getHttpServer()) }
}

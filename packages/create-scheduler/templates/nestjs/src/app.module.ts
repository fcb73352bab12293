import { type DynamicModule, Module } from '@nestjs/common'
import type { Scheduler } from '@pm/scheduler-core'

import { SCHEDULER } from './scheduler.token.ts'

@Module({})
export class AppModule {
  /** The application around an open scheduler, which every provider and controller can have by `@Inject(SCHEDULER)`. */
  static of(scheduler: Scheduler): DynamicModule {
    return {
      module: AppModule,
      global: true,
      providers: [{ provide: SCHEDULER, useValue: scheduler }],
      exports: [SCHEDULER],
    }
  }
}

import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Module,
  type ModuleMetadata,
  type NestModule,
  type OnApplicationBootstrap,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { Scheduler } from '@pm/scheduler-core'
import type { SchedulerRouter } from '@pm/scheduler-express'

/** Injects the scheduler: `constructor(@Inject(SCHEDULER) scheduler: Scheduler)`. */
export const SCHEDULER = Symbol('SCHEDULER')
const OPTIONS = Symbol('SCHEDULER_OPTIONS')

export interface SchedulerModuleOptions {
  readonly scheduler: Scheduler
  /** The routers and pages of it by their whole path. The global prefix is not put before it. */
  readonly routers: Readonly<Record<string, SchedulerRouter>>
  /** What running handlers get to end in when the app shuts down (default 10,000). */
  readonly graceMs?: number
}

/** As of every `forRootAsync`: `useFactory` is called with what `inject` lists, which `imports` export. */
export type SchedulerModuleFactory = Pick<ModuleMetadata, 'imports'> &
  Pick<FactoryProvider<SchedulerModuleOptions>, 'inject' | 'useFactory'>

/** A scheduler that opens when the app starts, and drains before its server closes. */
@Module({})
export class SchedulerModule implements NestModule, OnApplicationBootstrap, BeforeApplicationShutdown {
  static forRootAsync({ imports = [], inject = [], useFactory }: SchedulerModuleFactory): DynamicModule {
    return {
      module: SchedulerModule,
      global: true,
      imports,
      providers: [
        { provide: OPTIONS, inject, useFactory },
        { provide: SCHEDULER, inject: [OPTIONS], useFactory: ({ scheduler }: SchedulerModuleOptions) => scheduler },
      ],
      exports: [SCHEDULER],
    }
  }

  readonly #options: SchedulerModuleOptions
  readonly #host: HttpAdapterHost

  constructor(@Inject(OPTIONS) options: SchedulerModuleOptions, @Inject(HttpAdapterHost) host: HttpAdapterHost) {
    this.#options = options
    this.#host = host
  }

  /** Before the routes of the app, and outside of its prefix, pipes, interceptors and filters: they would change the answers. */
  configure(): void {
    for (const [path, router] of Object.entries(this.#options.routers)) this.#host.httpAdapter.use(path, router)
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#options.scheduler.open()
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { scheduler, graceMs = 10_000 } = this.#options
    await scheduler.close({ graceMs })
  }
}

import { consoleLogger, createMemoryBackend, createScheduler, type Scheduler } from '@pm/scheduler-core'

import { jobs } from './jobs.ts'

export interface OpenScheduler {
  readonly scheduler: Scheduler
  /** Called when the scheduler is closed. */
  disconnect(): Promise<void>
}

/** Opens the scheduler. It keeps its runs in the memory of this process, and begins anew with each start. */
export async function openScheduler(_env: NodeJS.ProcessEnv): Promise<OpenScheduler> {
  const scheduler = createScheduler({
    name: '{{schedulerName}}',
    jobs,
    ...createMemoryBackend(),
    logger: consoleLogger(),
  })
  await scheduler.open()
  return { scheduler, disconnect: async () => {} }
}

import { createMemoryBackend, createScheduler, every, type Scheduler } from '@pm/scheduler-core'

/** Tells when it begins and when it has ended: a process that is told to end has to wait for it. */
async function takeAWhile(): Promise<void> {
  console.log('slow began')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  console.log('slow ended')
}

/** Modules are loaded anew after each change in development, and routes have a copy of their own: the scheduler has not. */
const kept = globalThis as { pmScheduler?: Scheduler }

kept.pmScheduler ??= createScheduler({
  name: 'market_data_scheduler',
  jobs: [
    { name: 'poll', schedule: every({ minutes: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) },
    { name: 'slow', schedule: null, handler: takeAWhile },
  ],
  ...createMemoryBackend(),
})

export const scheduler = kept.pmScheduler

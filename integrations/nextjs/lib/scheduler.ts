import { createMemoryBackend, createScheduler, every, type Scheduler } from '@pm/scheduler-core'

/** Modules are loaded anew after each change in development, and routes have a copy of their own: the scheduler has not. */
const kept = globalThis as { pmScheduler?: Scheduler }

kept.pmScheduler ??= createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ seconds: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})

export const scheduler = kept.pmScheduler

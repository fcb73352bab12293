import { createMemoryBackend, createScheduler, cron, defineJob, every, type Schedule } from '@pm/scheduler-core'

import { type Contender, PATTERN, PERIOD_MS } from '../contender.ts'

/** Our scheduler on the memory backend, as a host would put it together: full history and every metric. */
function ours(title: string, scheduleOf: (period: 'second' | 'day') => Schedule): Contender {
  return {
    title,
    async start({ jobs, period, onRun }) {
      const defined = Array.from({ length: jobs }, (_, job) =>
        defineJob({
          name: `job-${job}`,
          schedule: scheduleOf(period),
          handler: ({ scheduledFor }) => onRun(job, scheduledFor ?? 0),
        }),
      )
      const backend = createMemoryBackend()
      const scheduler = createScheduler({ name: 'bench', jobs: defined, ...backend, concurrency: Infinity })
      await scheduler.open()
    },
  }
}

export const oursEvery = ours('ours, every', (period) => every({ milliseconds: PERIOD_MS[period] }))
export const oursCron = ours('ours, cron', (period) => cron(PATTERN[period]))

import { loadModule } from '../../lab/build.ts'
import { type Contender, type OurSchedule, PATTERN, PERIOD_MS } from '../contender.ts'

/** A build on the memory backend, as a host would put it together: full history and every metric. */
export async function openOurs(root: string, schedule: OurSchedule): Promise<Contender> {
  const { createMemoryBackend, createScheduler, cron, defineJob, every } = await loadModule({ root }, 'core')
  return {
    async start({ jobs, period, onRun }) {
      const defined = Array.from({ length: jobs }, (_, job) =>
        defineJob({
          name: `job-${job}`,
          schedule: schedule === 'every' ? every({ milliseconds: PERIOD_MS[period] }) : cron(PATTERN[period]),
          handler: ({ scheduledFor }) => onRun(job, scheduledFor ?? 0),
        }),
      )
      const backend = createMemoryBackend()
      const scheduler = createScheduler({ name: 'bench', jobs: defined, ...backend, concurrency: Infinity })
      await scheduler.open()
    },
  }
}

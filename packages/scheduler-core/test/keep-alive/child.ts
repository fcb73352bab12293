/** A process with nothing but a scheduler whose one job is due in an hour. It closes it when asked to. */
import { createMemoryBackend, createScheduler, defineJob, every } from '../../src/index.ts'

const scheduler = createScheduler({
  name: 'alone',
  jobs: [defineJob({ name: 'hourly', schedule: every({ hours: 1 }), handler: () => {} })],
  ...createMemoryBackend(),
  ...(process.argv[2] === 'let-go' && { keepAlive: false }),
})
await scheduler.open()
process.stdout.write('open\n')
process.once('SIGUSR2', () => void scheduler.close())

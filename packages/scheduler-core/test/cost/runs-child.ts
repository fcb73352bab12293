/**
 * Runs jobs on the memory backend and tells what they allocate. A process of its own, whose flags keep the collector and the
 * optimising compilers away: the same runs then allocate the same bytes.
 */
import { createMemoryBackend, createScheduler, cron, defineJob, every } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'

const SECOND = 1_000
const JOBS = 1_000
const ROUNDS = 10

const [kind] = process.argv.slice(2)
const schedule = kind === 'cron' ? cron('* * * * * *') : every({ seconds: 1 })

let runs = 0
const jobs = Array.from({ length: JOBS }, (_, index) =>
  defineJob({ name: `job-${index}`, schedule, handler: () => void runs++ }),
)
const clock = createManualClock()
const scheduler = createScheduler({ name: 'cost', jobs, ...createMemoryBackend(), clock, concurrency: Infinity })
await scheduler.open()
// The first rounds fill what later ones use again.
await runOneSecond(ROUNDS)

runs = 0
let bytes = 0
for (let round = 0; round < ROUNDS; round++) {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  await runOneSecond()
  bytes += process.memoryUsage().heapUsed - before
}
console.log(JSON.stringify({ runs, bytesPerRun: Math.round(bytes / runs) }))
process.exit()

async function runOneSecond(times = 1): Promise<void> {
  await clock.advance(times * SECOND)
  await scheduler.whenIdle()
}

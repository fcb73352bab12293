/** A simulated time on the memory backend of one build. Says now and then what it holds, and is ended. */
import { loadModule } from '../lab/build.ts'
import { bytesInUse, cpuUs } from '../lab/cpu.ts'

export interface MemoryTask {
  readonly root: string
  readonly jobs: number
  readonly minutes: number
  readonly runsAMinute: number
  readonly busyMinutes: number
}

export interface MemorySample {
  readonly minutes: number
  readonly runs: number
  readonly heapMb: number
  readonly usPerRun: number
}

const MINUTE = 60_000
/** So few that what they take is nothing. */
const KEPT_ENTRIES = 1_000
const SECOND = 1_000
const SAMPLES = 8

const task: MemoryTask = JSON.parse(process.argv[2] ?? '{}')
const { createMemoryBackend, createScheduler, every } = await loadModule(task, 'core')
const { createManualClock } = await loadModule(task, 'testing')

const clock = createManualClock()
const backend = createMemoryBackend({ maxEntries: KEPT_ENTRIES })
const calm = open('calm', task.jobs, MINUTE)
await calm.open()
await clock.advance(MINUTE)
const before = bytesInUse()
const schedulers = [calm]
let elapsed = 0
await pass(task.minutes - task.busyMinutes)
const busy = open('busy', Math.ceil((task.runsAMinute * SECOND) / MINUTE), SECOND)
await busy.open()
schedulers.push(busy)
await pass(task.busyMinutes)
process.send?.('done')

function open(name: string, count: number, everyMs: number) {
  const jobs = Array.from({ length: count }, (_, job) => ({
    name: `job-${job}`,
    schedule: every({ milliseconds: everyMs }),
    handler: () => {},
  }))
  // How often it looks for commands and orphans is no part of what is measured.
  const pace = { watchMs: MINUTE, sweepMs: 10 * MINUTE }
  return createScheduler({ name, clock, jobs, ...backend, ...pace, concurrency: Infinity })
}

/** Lets simulated minutes pass, and says now and then what is held. */
async function pass(minutes: number): Promise<void> {
  const step = Math.ceil(minutes / SAMPLES)
  let settled = await runsSoFar()
  for (let passed = 0; passed < minutes; passed += step) {
    const cpu = process.cpuUsage()
    for (let minute = 0; minute < Math.min(step, minutes - passed); minute++) {
      await clock.advance(MINUTE)
      for (const scheduler of schedulers) await scheduler.whenIdle()
    }
    const spent = cpuUs(cpu)
    const runs = await runsSoFar()
    elapsed += Math.min(step, minutes - passed)
    const heapMb = (bytesInUse() - before) / 2 ** 20
    process.send?.({ minutes: elapsed, runs, heapMb, usPerRun: spent / (runs - settled) } satisfies MemorySample)
    settled = runs
  }
}

async function runsSoFar(): Promise<number> {
  const readings = await Promise.all(schedulers.map((scheduler) => scheduler.snapshot({ maxAgeMs: 0 })))
  return readings.reduce((sum, { snapshot }) => sum + snapshot.totals.lifetime.succeeded, 0)
}

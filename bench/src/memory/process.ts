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
const BUSY_JOBS = 200
const SAMPLES = 8

const task: MemoryTask = JSON.parse(process.argv[2] ?? '{}')
const { createMemoryBackend, createScheduler, every } = await loadModule(task, 'core')
const { createManualClock } = await loadModule(task, 'testing')

const clock = createManualClock()
const calm = Array.from({ length: task.jobs }, (_, job) => ({
  name: `calm-${job}`,
  schedule: every({ minutes: 1 }),
  handler: () => {},
}))
const busy = Array.from({ length: BUSY_JOBS }, (_, job) => ({
  name: `busy-${job}`,
  schedule: every({ milliseconds: Math.round((BUSY_JOBS * MINUTE) / task.runsAMinute) }),
  handler: () => {},
}))
const scheduler = createScheduler({
  name: 'bench',
  clock,
  jobs: [...calm, ...busy],
  ...createMemoryBackend({ maxEntries: KEPT_ENTRIES }),
  concurrency: Infinity,
})
await scheduler.open()
for (const { name } of busy) await scheduler.pauseJob(name)
await clock.advance(MINUTE)
let elapsed = 0
const before = bytesInUse()
const calmMinutes = task.minutes - task.busyMinutes
await pass(calmMinutes, Math.ceil(calmMinutes / SAMPLES))
for (const { name } of busy) await scheduler.resumeJob(name)
await pass(task.busyMinutes, Math.ceil(task.busyMinutes / SAMPLES))
process.send?.('done')

/** Lets simulated minutes pass, and says every so many of them what is held. */
async function pass(minutes: number, step: number): Promise<void> {
  let settled = await runsSoFar()
  for (let passed = 0; passed < minutes; passed += step) {
    const cpu = process.cpuUsage()
    for (let minute = 0; minute < Math.min(step, minutes - passed); minute++) {
      await clock.advance(MINUTE)
      await scheduler.whenIdle()
    }
    const spent = cpuUs(cpu)
    const runs = await runsSoFar()
    const heapMb = (bytesInUse() - before) / 2 ** 20
    elapsed += Math.min(step, minutes - passed)
    process.send?.({ minutes: elapsed, runs, heapMb, usPerRun: spent / (runs - settled) } satisfies MemorySample)
    settled = runs
  }
}

async function runsSoFar(): Promise<number> {
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  return snapshot.totals.lifetime.succeeded
}

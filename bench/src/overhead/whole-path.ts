import { createMemoryBackend, createScheduler, defineJob, every, type JobHandler } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'

import { cpuNsPer } from '../report/measure.ts'

export interface RunsToMeasure {
  readonly runs: number
  readonly warmUp: number
  /** Runs that are under way at the same time. */
  readonly atATime: number
}

/**
 * What one run costs from its due time to its place in the history: planned, claimed, handed to the handler, settled,
 * counted. The clock is moved by hand, so that nothing waits; its own turns are part of the figure.
 */
export async function measureWholePath(
  handler: JobHandler<unknown>,
  { runs, warmUp, atATime }: RunsToMeasure,
): Promise<number> {
  const clock = createManualClock()
  const jobs = Array.from({ length: atATime }, (_, job) =>
    defineJob({ name: `job-${job}`, schedule: every({ seconds: 1 }), handler }),
  )
  const scheduler = createScheduler({ name: 'bench', jobs, ...createMemoryBackend(), clock, concurrency: Infinity })
  await scheduler.open()
  const run = async (count: number) => {
    for (let done = 0; done < count; done += atATime) {
      await clock.advance(1_000)
      await scheduler.whenIdle()
    }
  }
  await run(warmUp)
  const ns = await cpuNsPer(runs, () => run(runs))
  const { snapshot } = await scheduler.snapshot()
  const settled = snapshot.totals.lifetime.succeeded
  if (settled < runs + warmUp) throw new Error(`${settled} runs instead of ${runs + warmUp}: not what was asked`)
  await scheduler.close()
  return ns
}

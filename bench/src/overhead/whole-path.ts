import { type Build, loadModule } from '../lab/build.ts'
import type { OpenPath, PathOptions } from './path.ts'

const SECOND = 1_000

/**
 * From the due time to the place in the history: planned, claimed, handed to the handler, settled, counted. The clock is
 * moved by hand, so that nothing waits.
 */
export async function openWholePath(build: Build, { handler, atATime }: PathOptions): Promise<OpenPath> {
  const { createMemoryBackend, createScheduler, defineJob, every } = await loadModule(build, 'core')
  const { createManualClock } = await loadModule(build, 'testing')
  const clock = createManualClock()
  const jobs = Array.from({ length: atATime }, (_, job) =>
    defineJob({ name: `job-${job}`, schedule: every({ seconds: 1 }), handler }),
  )
  const scheduler = createScheduler({ name: 'bench', jobs, ...createMemoryBackend(), clock, concurrency: Infinity })
  await scheduler.open()
  let asked = 0
  return {
    async run(count) {
      for (let done = 0; done < count; done += atATime, asked += atATime) {
        await clock.advance(SECOND)
        await scheduler.whenIdle()
      }
    },
    async close() {
      const { snapshot } = await scheduler.snapshot()
      const settled = snapshot.totals.lifetime.succeeded
      await scheduler.close()
      if (settled < asked) throw new Error(`${settled} runs instead of ${asked}: not what was asked.`)
    },
  }
}

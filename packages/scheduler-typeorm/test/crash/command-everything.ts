import { setTimeout as sleep } from 'node:timers/promises'

import type { Scheduler } from '@pm/scheduler-core'

/** Everything that operators and readers may ask of a scheduler, with some time in between for its runs. */
export async function commandEverything(scheduler: Scheduler): Promise<void> {
  await sleep(300)
  const { runId } = await scheduler.runJob('by-hand')
  await scheduler.snapshot({ maxAgeMs: 0 })
  await scheduler.listEntries()
  await scheduler.listLog()
  await scheduler.pauseJob('quick')
  await sleep(300)
  await scheduler.resumeJob('quick')
  await scheduler.cancelRun(runId)
  await scheduler.pause()
  await sleep(300)
  await scheduler.resume()
  await sleep(300)
  await scheduler.stop()
  await sleep(300)
  await scheduler.start()
}

import { setTimeout as sleep } from 'node:timers/promises'

import { isSchedulerError, type Scheduler, systemClock } from '@pm/scheduler-core'

/** Gives every command and asks every question once, with pauses in between for runs. */
export async function commandEverything(scheduler: Scheduler): Promise<void> {
  // A process that died before may have left the scheduler stopped or paused.
  await scheduler.start()
  await sleep(300)
  await runAndCancel(scheduler)
  await scheduler.snapshot({ maxAgeMs: 0 })
  await scheduler.listRuns()
  await scheduler.listLog()
  await scheduler.preview('quick', 3)
  const past = { from: systemClock.now() - 1_000, to: systemClock.now() }
  await scheduler.explain('quick', past.from)
  await scheduler.dueTimes('quick', past)
  await scheduler.upcoming(3)
  await scheduler.previewBackfill('quick', past)
  await scheduler.audit(past)
  await scheduler.backfillJob('quick', past)
  await scheduler.configure({ concurrency: 20 })
  await scheduler.configureJob('quick', { timeoutMs: 60_000 })
  await scheduler.pauseJob('quick')
  await sleep(300)
  await scheduler.resumeJob('quick')
  await scheduler.pause()
  await sleep(300)
  await scheduler.resume()
  await sleep(300)
  await scheduler.stop()
  await sleep(300)
  await scheduler.start()
}

/** Starts a run and cancels it. On a busy machine a run may lose its lease before that; then it starts another run. */
async function runAndCancel(scheduler: Scheduler): Promise<void> {
  const { runId } = await scheduler.runJob('by-hand')
  try {
    await scheduler.cancelRun(runId)
  } catch (error) {
    if (!isSchedulerError(error, 'RUN_NOT_RUNNING')) throw error
    await runAndCancel(scheduler)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'

import { type HostScheduler, isSchedulerError, type Scheduler, systemClock } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

type CrashedScheduler = HostScheduler<EntityManager>

/** Gives every command and asks every question once, with pauses in between for runs. */
export async function commandEverything(scheduler: CrashedScheduler): Promise<void> {
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
  // It is looked for among the jobs that were.
  await scheduler.explain('none', past.from).catch(() => {})
  await scheduler.dueTimes('quick', past)
  await scheduler.upcoming(3)
  await scheduler.previewBackfill('quick', past)
  await scheduler.audit(past)
  await scheduler.backfillJob('quick', past)
  await scheduler.cancelBackfill('quick')
  const quick = { search: 'quick' }
  await scheduler.pauseJobs(quick)
  await scheduler.resumeJobs(quick)
  await scheduler.runJobs({ search: 'by-hand' })
  await scheduler.configure({ concurrency: 20 })
  await scheduler.configureJob('quick', { timeoutMs: 60_000 })
  await scheduler.pauseJob('quick')
  await sleep(300)
  await scheduler.resumeJob('quick')
  await scheduler.pause()
  await sleep(300)
  await scheduler.resume()
  await sleep(300)
  // The stop breaks it off and leaves it open; the start has it taken up.
  await scheduler.runJob('unended')
  await scheduler.stop()
  await sleep(300)
  await scheduler.start()
  await forgetOne(scheduler)
  await makeAndRemove(scheduler)
}

/** Makes a job of a template, changes it and removes it. A process that died before may have left the job. */
async function makeAndRemove(scheduler: CrashedScheduler): Promise<void> {
  const name = 'made'
  if (scheduler.jobNames.includes(name)) await scheduler.removeJobs([name])
  await scheduler.createJobs([{ template: 'any', name, schedule: null }])
  await scheduler.updateJobs([{ name, priority: 1 }])
  await scheduler.removeJobs([name])
}

/** Erases a job that came and went. A process that died in doing so has erased it, or has left it whole. */
async function forgetOne(scheduler: CrashedScheduler): Promise<void> {
  await scheduler.addJob({ name: 'parting', schedule: null, handler: async () => {} })
  await scheduler.removeJob('parting')
  await scheduler.forgetJob('parting', { why: 'to die in it' })
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

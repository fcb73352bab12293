import { scheduler } from './scheduler'

const GRACE_MS = 10_000

/**
 * Opens the scheduler, and closes it when the process is told to end. Needs NEXT_MANUAL_SIG_HANDLE=1: else Next ends the
 * process as soon as no request is open, while runs are still under way.
 */
export async function openScheduler(): Promise<void> {
  await scheduler.open()
  process.once('SIGTERM', () => void scheduler.close({ graceMs: GRACE_MS }).finally(() => process.exit(0)))
}

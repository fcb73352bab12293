import { refuseOption } from '@pm/scheduler-core/store'

import type { PgBossLike } from './boss.ts'
import { unsupported } from './errors.ts'

/**
 * Of every queue. Our workers only lock messages; should anybody fetch one by hand, it comes back after some seconds, as often
 * as needed and at once. What ended is of no use.
 */
const OPTIONS = {
  retryLimit: 1_000_000,
  retryDelay: 0,
  retryBackoff: false,
  expireInSeconds: 5,
  deleteAfterSeconds: 60,
} as const

/** Letters, digits and `. _ - /` are what pg-boss takes. Our names have no `/` and do not begin with `:`. */
const LETTERS = /^[\w./-]*$/

/**
 * Makes the function that names a scheduler's queues on the server.
 *
 * @throws SchedulerError `INVALID_OPTIONS` for a scheduler with other letters. So does the function, for a queue.
 */
export function queueNames(prefix: string, scheduler: string): (queue: string) => string {
  const letters = (path: string, name: string) => {
    const mapped = name.replaceAll(':', '//')
    return LETTERS.test(mapped) ? mapped : refuseOption({ path, value: name, expected: 'letters, digits, and . _ : -' })
  }
  const ofScheduler = `${prefix}${letters('name', scheduler)}`
  return (queue) => `${ofScheduler}/${letters('queue', queue)}`
}

/** Makes the queue, or gives one that is there the options that it needs. */
export async function ensureQueue(boss: PgBossLike, name: string): Promise<void> {
  const found = await boss.getQueue(name)
  // Does nothing where another process was faster.
  if (found === null) return boss.createQueue(name, OPTIONS)
  const has = new Map<string, unknown>(Object.entries(found))
  const policy = has.get('policy') ?? 'standard'
  if (policy !== 'standard') throw unsupported(`a queue ${name} with the policy ${policy}`)
  const differs = Object.entries(OPTIONS).some(([option, value]) => has.get(option) !== value)
  if (differs || has.get('deadLetter')) await boss.updateQueue(name, { ...OPTIONS, deadLetter: null })
}

import { setTimeout as sleep } from 'node:timers/promises'

export interface Deadline {
  readonly withinMs: number
  /** What is waited for, in words that end `did not come within …`. */
  readonly what: string
  /** How things stand when it did not come. */
  readonly state?: () => Promise<unknown>
}

/** Waits for `work`, but not for ever: rejects with what was waited for and how things stood. */
export async function byDeadline<T>(work: Promise<T>, { withinMs, what, state }: Deadline): Promise<T> {
  const late = Symbol('late')
  const over = new AbortController()
  const first = await Promise.race([work, sleep(withinMs, late, over)]).finally(() => over.abort())
  if (first !== late) return first
  const stands = await Promise.race([state?.(), sleep(STATE_MS, 'unknown')])
  throw new Error(`${what} did not come within ${withinMs} ms. ${JSON.stringify(stands)}`)
}

const STATE_MS = 5_000

import { setTimeout as sleep } from 'node:timers/promises'

export interface Deadline {
  readonly withinMs: number
  /** The awaited event, as the subject of `did not come within …`. */
  readonly what: string
  /** Describes the state for the error when the deadline passes. */
  readonly state?: () => Promise<unknown>
}

/** Waits for `work` until a deadline; then rejects with an error that names `what` and the state. */
export async function byDeadline<T>(work: Promise<T>, { withinMs, what, state }: Deadline): Promise<T> {
  const late = Symbol('late')
  const over = new AbortController()
  const first = await Promise.race([work, sleep(withinMs, late, over)]).finally(() => over.abort())
  if (first !== late) return first
  const stands = await Promise.race([state?.(), sleep(STATE_MS, 'unknown')])
  throw new Error(`${what} did not come within ${withinMs} ms. ${JSON.stringify(stands)}`)
}

const STATE_MS = 5_000

import { SchedulerError } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

/** Limits how long the scheduler's own statements may go unanswered. Units of the host have no such limit. */
export interface AnswerLimit {
  /** Settings for the server, sent when the transaction begins. They hold for this transaction only. */
  readonly settings: readonly string[]
  /** Resolves with the answer; rejects with `STORE_UNAVAILABLE` when it does not arrive in time. */
  await<T>(unit: string, answer: Promise<T>): Promise<T>
}

/** The limits of the scheduler's own transactions, in milliseconds; `Infinity` is none. */
export interface AnswerLimits {
  readonly answerTimeoutMs: number
  readonly idleTimeoutMs: number
}

/** Longer than any statement of the scheduler takes; short enough to try again before a lease of 15 s ends. */
export const ANSWER_TIMEOUT_MS = 5_000
/**
 * Longer than a busy event loop pauses between two statements; short enough that other instances can wait for the
 * locks.
 */
export const IDLE_TIMEOUT_MS = 2_000

/**
 * Makes the server give up first, so that a slow statement costs its transaction and not the connection: it waits for a
 * lock three fifths of the time, for a statement four fifths. The server also ends an idle transaction: its process has
 * stalled or its machine is gone, and its locks would block other instances.
 *
 * @throws SchedulerError `INVALID_OPTIONS` unless both limits are positive numbers; `Infinity` is none.
 */
export function answerLimit({ answerTimeoutMs, idleTimeoutMs }: AnswerLimits): AnswerLimit {
  checkLimit('answerTimeoutMs', answerTimeoutMs)
  checkLimit('idleTimeoutMs', idleTimeoutMs)
  const settings = {
    lock_timeout: answerTimeoutMs * 0.6,
    statement_timeout: answerTimeoutMs * 0.8,
    idle_in_transaction_session_timeout: idleTimeoutMs,
  }
  return {
    settings: Object.entries(settings)
      .filter(([, ms]) => ms < Infinity)
      .map(([name, ms]) => `${name} = ${Math.max(1, Math.round(ms))}`),
    await: (unit, answer) => (answerTimeoutMs === Infinity ? answer : orSilent(answer, answerTimeoutMs, unit)),
  }
}

function checkLimit(path: keyof AnswerLimits, ms: number): void {
  if (ms === Infinity || (ms >= 1 && ms <= LONGEST_MS)) return
  refuseOption({ path, value: ms, expected: `milliseconds from 1 to ${LONGEST_MS}, or Infinity` })
}

/** The longest delay of a Node timer, and the largest value of PostgreSQL's timeout settings. */
const LONGEST_MS = 2 ** 31 - 1

async function orSilent<T>(answer: Promise<T>, timeoutMs: number, unit: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SchedulerError('STORE_UNAVAILABLE', { operation: `${unit}: no answer within ${timeoutMs} ms` }))
    }, timeoutMs)
  })
  try {
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
  }
}

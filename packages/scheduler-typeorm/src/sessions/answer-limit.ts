import { SchedulerError } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

/** For how long the scheduler's own statements may go unanswered. A host's own units have no such limit. */
export interface AnswerLimit {
  /** What the server is told when the transaction begins, for this transaction alone. */
  readonly settings: readonly string[]
  /** What the statement answers; rejects with `STORE_UNAVAILABLE` when that does not come in time. */
  await<T>(unit: string, answer: Promise<T>): Promise<T>
}

/** The limits of the scheduler's own transactions, in milliseconds; `Infinity` is none. */
export interface AnswerLimits {
  readonly answerTimeoutMs: number
  readonly idleTimeoutMs: number
}

/** Longer than anything that the scheduler asks takes; short enough to try again before a lease of 15 s has run out. */
export const ANSWER_TIMEOUT_MS = 5_000
/** Longer than a busy event loop takes between two statements; short enough for others to wait. */
export const IDLE_TIMEOUT_MS = 2_000

/**
 * The server gives up first, so that a slow statement costs its transaction and not the connection: on a lock after three
 * fifths of the time, on a statement after four. It also ends a transaction that does nothing: its process stands still,
 * or is gone with its machine, and keeps others from its rows.
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

/** What a timer of Node holds, and PostgreSQL's settings too. */
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

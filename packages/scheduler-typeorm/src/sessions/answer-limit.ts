import { SchedulerError } from '@pm/scheduler-core'

/** For how long the scheduler's own statements may go unanswered. A host's own units have no such limit. */
export interface AnswerLimit {
  /** What the server is told when the transaction begins, for this transaction alone. */
  readonly settings: readonly string[]
  /** What the statement answers; rejects with `STORE_UNAVAILABLE` when that does not come in time. */
  await<T>(unit: string, answer: Promise<T>): Promise<T>
}

/** Longer than anything that the scheduler asks takes; short enough to try again before a lease of 15 s has run out. */
export const ANSWER_TIMEOUT_MS = 5_000

/**
 * The server gives up first, so that a slow statement costs its transaction and not the connection: on a lock after three
 * fifths of the time, on a statement after four. It also ends a transaction whose process stands still and keeps others
 * from its rows.
 *
 * @throws SchedulerError `INVALID_OPTIONS` unless the limit is a positive number; `Infinity` is none.
 */
export function answerLimit(timeoutMs: number): AnswerLimit | undefined {
  if (timeoutMs === Infinity) return undefined
  if (!(timeoutMs >= 1 && timeoutMs <= LONGEST_MS)) {
    throw new SchedulerError('INVALID_OPTIONS', {
      path: 'answerTimeoutMs',
      received: String(timeoutMs),
      expected: `milliseconds from 1 to ${LONGEST_MS}, or Infinity`,
    })
  }
  const part = (share: number) => Math.max(1, Math.round(timeoutMs * share))
  return {
    settings: [
      `lock_timeout = ${part(0.6)}`,
      `statement_timeout = ${part(0.8)}`,
      `idle_in_transaction_session_timeout = ${part(1)}`,
    ],
    await: (unit, answer) => orSilent(answer, timeoutMs, unit),
  }
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

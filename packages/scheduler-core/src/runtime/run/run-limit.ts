import { type Clock, MAX_TIMER_MS } from '../../clock.ts'
import type { Job } from '../../job/job.ts'
import type { Alarms } from '../../loop/alarms.ts'
import { longestRunMs } from '../../policy/retry-times.ts'
import type { ToStoredError } from '../../run/stored-error.ts'
import type { RunExecution } from './run-execution.ts'
import { timedOut } from './timed-out.ts'

type Limited = Pick<Job, 'timeoutMs' | 'runTimeoutMs' | 'retry'>

/** Limits how long all attempts of a run take together, with the waits between them. */
export interface RunLimit {
  /** Sets the limit of a run that begins here. */
  begin(execution: RunExecution, job: Limited): void
  /** Ends the run if its limit has passed: no timer fires while the event loop is blocked. */
  expireIfPast(execution: RunExecution, job: Limited): void
  /** Stops the time of the run, and its limit with it, until the answered function is called. */
  hold(execution: RunExecution, job: Limited): () => void
}

export interface RunLimitOptions {
  readonly alarms: Alarms
  readonly clock: Clock
  readonly toStoredError: ToStoredError
}

export function createRunLimit({ alarms, clock, toStoredError }: RunLimitOptions): RunLimit {
  function limit(execution: RunExecution, job: Limited): void {
    const timeoutMs = job.runTimeoutMs ?? longestRunMs(job)
    // One attempt has its own limit.
    if (timeoutMs === null || timeoutMs > MAX_TIMER_MS || (job.runTimeoutMs === null && job.retry.maxAttempts === 1))
      return
    const leftMs = Math.max(0, timeoutMs - execution.spentMs)
    const ring = (lateMs = 0) => expire(execution, { timeoutMs, lateMs, isOwn: job.runTimeoutMs !== null })
    // Alarms keep a list for each delay: those that are left of a limit go without.
    execution.timeout = leftMs === timeoutMs ? alarms.set(timeoutMs, ring) : clock.setTimer(() => ring(), leftMs)
  }

  /**
   * Where a job has no limit of its own, this one only ends a run whose handler never returns from an attempt that was
   * timed out: the attempts that go on have theirs.
   */
  function expire(execution: RunExecution, { timeoutMs, lateMs, isOwn }: Expired): void {
    if (execution.isOver || (!isOwn && execution.nextAttemptAt === null)) return
    const cause = execution.lastError ?? undefined
    const reason = timedOut({ timeoutMs, limit: 'runTimeoutMs', lateMs, cause })
    execution.end({ kind: 'settled', state: 'timed_out', error: toStoredError(reason), thrown: reason }, reason)
  }

  return {
    begin: limit,
    expireIfPast(execution, { runTimeoutMs: timeoutMs }) {
      if (timeoutMs === null) return
      const lateMs = execution.spentMs - timeoutMs
      if (lateMs > 0) expire(execution, { timeoutMs, lateMs, isOwn: true })
    },
    hold(execution, job) {
      execution.timeout?.cancel()
      execution.timeout = null
      const goOn = execution.hold()
      return () => {
        goOn()
        if (!execution.isOver) limit(execution, job)
      }
    },
  }
}

interface Expired {
  readonly timeoutMs: number
  readonly lateMs: number
  readonly isOwn: boolean
}

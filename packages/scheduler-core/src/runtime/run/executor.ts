import { SchedulerError } from '../../errors.ts'
import type { Job } from '../../job/job.ts'
import type { Alarms } from '../../loop/alarms.ts'
import type { RunOutcome } from '../../ports/engine.ts'
import { toStoredError } from '../../run/stored-error.ts'
import { createAttempts, type ExecutingContext } from './attempts.ts'
import { trustedMs } from './lease.ts'
import type { LeaseWatch } from './lease-watch.ts'
import { isStillOurs } from './lose-execution.ts'
import { createOutcomeRecorder } from './outcome-recorder.ts'
import { createRunExecution, type RunExecution } from './run-execution.ts'
import type { Settler } from './settler.ts'

/** Runs handlers and gives every run exactly one outcome. */
export interface Executor {
  /**
   * Executes a claimed run. Resolves with its outcome once that is recorded or belongs to another owner. Never rejects.
   */
  execute(claim: RunExecution['claim']): Promise<RunOutcome>
}

export interface ExecutorOptions {
  readonly settler: Pick<Settler, 'settle'>
  readonly alarms: Alarms
  readonly leases: LeaseWatch
  /** Called when a run of this job is over for this instance. */
  readonly onOver: (job: string) => void
}

export function createExecutor<S extends object>(context: ExecutingContext<S>, options: ExecutorOptions): Executor {
  const { jobs, leaseMs, active, events, clock, redact } = context
  const { alarms, leases } = options
  const attempts = createAttempts<S>(context)
  const recorder = createOutcomeRecorder<S>(context, options)

  return {
    execute(claim) {
      const job = jobs.get(claim.job)
      return job ? new Promise((resolve) => begin(claim, job, resolve)) : Promise.resolve(null)
    },
  }

  /** From here on, callbacks pass the run on: a promise for every step would cost more than the steps. */
  function begin(claim: RunExecution['claim'], job: Job<S>, resolve: RunExecution['resolve']): void {
    const beganAt = clock.monotonic()
    const trustedUntil = beganAt + (claim.leaseUntil - clock.now()) - (leaseMs - trustedMs(leaseMs))
    const execution = createRunExecution({ claim, beganAt, trustedUntil, clock, onEnded: recorder.record, resolve })
    active.add(execution)
    execution.timeout = limitTime(execution, job.timeoutMs)
    leases.watch(execution)
    if (isStillOurs(execution, context)) {
      events.emit('run-started', { job: claim.job, runId: claim.id, startedAt: claim.startedAt })
    }
    void attempts.begin(execution, job)
  }

  function limitTime(execution: RunExecution, timeoutMs: number | null) {
    if (timeoutMs === null) return null
    return alarms.set(timeoutMs, () => {
      const reason = new SchedulerError('RUN_TIMED_OUT', { timeoutMs })
      execution.end({ kind: 'settled', state: 'timed_out', error: toStoredError(reason, redact) }, reason)
    })
  }
}

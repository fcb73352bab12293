import { random } from '../../chance.ts'
import { type Clock, sleep } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Job } from '../../job/job.ts'
import type { RunContext } from '../../job/run-context.ts'
import type { Alarms } from '../../loop/alarms.ts'
import { planRetry } from '../../plan/plan-retry.ts'
import type { RunOutcome } from '../../ports/engine.ts'
import type { Logger } from '../../ports/logger.ts'
import { NO_ITEMS, type Settlement } from '../../run/ledger-entry.ts'
import { type Redact, toStoredError } from '../../run/stored-error.ts'
import type { ActiveRuns } from './active-runs.ts'
import { trustedMs } from './lease.ts'
import type { LeaseWatch } from './lease-watch.ts'
import { loseExecution } from './lose-execution.ts'
import { createRunExecution, type Ending, type RunExecution } from './run-execution.ts'
import type { Settler } from './settler.ts'

/** Runs handlers and gives every run exactly one outcome. */
export interface Executor {
  /** Executes a claimed run; resolves with its outcome when that is recorded or no longer ours to record. Never rejects. */
  execute(claim: RunExecution['claim']): Promise<RunOutcome>
}

export interface ExecutorOptions<S> {
  readonly leaseMs: number
  readonly jobs: ReadonlyMap<string, Job<S>>
  readonly active: ActiveRuns
  readonly settler: Settler
  readonly createContext: (execution: RunExecution) => RunContext<S>
  readonly clock: Clock
  readonly alarms: Alarms
  readonly leases: LeaseWatch
  readonly logger: Logger
  readonly redact: Redact
  readonly onStarted: (execution: RunExecution) => void
  /** Called when the run is over for this instance, with what the ledger now says, or `null` when that is not ours to say. */
  readonly onOver: (execution: RunExecution, settlement: Settlement | null) => void
}

export function createExecutor<S>(options: ExecutorOptions<S>): Executor {
  const { jobs, leaseMs, active, settler, clock, alarms, leases, logger, redact } = options

  return {
    execute(claim) {
      const job = jobs.get(claim.job)
      return job ? new Promise((resolve) => begin(claim, job, resolve)) : Promise.resolve(null)
    },
  }

  /** From here on callbacks pass the run on: a promise for every step would cost more than the steps. */
  function begin(claim: RunExecution['claim'], job: Job<S>, resolve: RunExecution['resolve']): void {
    const beganAt = clock.monotonic()
    const trustedUntil = beganAt + (claim.leaseUntil - clock.now()) - (leaseMs - trustedMs(leaseMs))
    const execution = createRunExecution({ claim, beganAt, trustedUntil, clock, onEnded: record, resolve })
    active.add(execution)
    execution.timeout = limitTime(execution, job.timeoutMs)
    leases.watch(execution)
    if (isStillOurs(execution)) options.onStarted(execution)
    void tryHandler(execution, job)
  }

  function limitTime(execution: RunExecution, timeoutMs: number | null) {
    if (timeoutMs === null) return null
    return alarms.set(timeoutMs, () => {
      const reason = new SchedulerError('RUN_TIMED_OUT', { timeoutMs })
      execution.end({ kind: 'settled', state: 'timed_out', error: toStoredError(reason, redact) }, reason)
    })
  }

  /** A process that stood still may find a run in its hands that another one has taken for dead by now. */
  function isStillOurs(execution: RunExecution): boolean {
    if (clock.monotonic() >= execution.trustedUntil) loseExecution(execution, logger)
    return !execution.isOver
  }

  /** Tries the handler until it succeeds, no try is left, or the run is ended from outside. A late result ends nothing. */
  async function tryHandler(execution: RunExecution, job: Job<S>): Promise<void> {
    while (isStillOurs(execution)) {
      try {
        await job.handler(options.createContext(execution))
        execution.end(SUCCEEDED)
        return
      } catch (thrown) {
        const waitMs = waitBeforeNextTry(execution, job, thrown)
        if (waitMs === null) {
          execution.end({ kind: 'settled', state: 'failed', error: toStoredError(thrown, redact) })
          return
        }
        await sleep(clock, waitMs, execution.signal)
        execution.tryAgain()
      }
    }
  }

  /** After `ctx.complete` nobody knows yet whether it committed, and what may have succeeded is not tried again. */
  function waitBeforeNextTry(execution: RunExecution, job: Job<S>, thrown: unknown): number | null {
    if (execution.isOver || execution.completion) return null
    const waitMs = planRetry(job.retry, { attempt: execution.attempt, error: thrown, random: random() })
    if (waitMs !== null) {
      const { attempt, claim } = execution
      const error = toStoredError(thrown, redact)
      logger.info({ job: job.name, runId: claim.id, attempt, waitMs, error }, 'An attempt failed and is tried again')
    }
    return waitMs
  }

  /** Items that were reported for a completion went with its transaction. */
  function settlementOf(execution: RunExecution, ending: Extract<Ending, { kind: 'settled' }>): Settlement {
    const settlement = execution.settlement(ending, clock.now())
    return execution.completion ? { ...settlement, items: NO_ITEMS } : settlement
  }

  function record(execution: RunExecution, ending: Ending): void {
    execution.timeout?.cancel()
    if (ending.kind === 'lost') {
      finish(execution, null)
      return
    }
    const { completion } = execution
    const settlement = ending.state === 'succeeded' && completion ? completion : settlementOf(execution, ending)
    settler.settle(settlement, (result, written) => {
      if (result === 'settled' || result === 'already_settled') finish(execution, written)
      else if (result === 'fenced' && completion && completion !== settlement) confirm(execution, completion)
      else finish(execution, null)
    })
  }

  /**
   * The outcome was refused although it was ours: the completion in the handler's own transaction came first, or the
   * sweep of another instance. The store tells which: a repetition of what stands is known to it.
   */
  function confirm(execution: RunExecution, completion: Settlement): void {
    settler.settle(completion, (result) => finish(execution, result === 'already_settled' ? completion : null))
  }

  /** The run is over here: `settlement` is what the ledger says, or `null` when that is not ours to say. */
  function finish(execution: RunExecution, settlement: Settlement | null): void {
    active.remove(execution, { isSettled: settlement !== null })
    options.onOver(execution, settlement)
    execution.resolve(settlement?.state ?? null)
  }
}

const SUCCEEDED: Ending = Object.freeze({ kind: 'settled', state: 'succeeded', error: null })

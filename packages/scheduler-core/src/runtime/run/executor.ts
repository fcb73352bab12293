import type { Alarms } from '../../loop/alarms.ts'
import type { RunObserver, RunOutcome } from '../../ports/around-run.ts'
import type { AttemptNotes } from './attempt-notes.ts'
import { createAttempts, type ExecutingContext } from './attempts.ts'
import { createRunExecutions } from './create-run-execution.ts'
import { createHandlerWatch } from './handler-watch.ts'
import { trustedMs } from './lease.ts'
import type { LeaseWatch } from './lease-watch.ts'
import { isStillOurs } from './lose-execution.ts'
import { createOutcomeRecorder } from './outcome-recorder.ts'
import type { Releaser } from './releaser.ts'
import type { Ending, RunExecution } from './run-execution.ts'
import { createRunLimit } from './run-limit.ts'
import { createDiscretionOf, type Discretion } from './run-secrets.ts'
import type { Settler } from './settler.ts'
import type { StartGate } from './start-gate.ts'
import { tellObserver, UNOBSERVED } from './tell-observer.ts'

/** Runs handlers and gives every run exactly one outcome. */
export interface Executor {
  /** Begins a claimed run in this turn. */
  begin(claim: RunExecution['claim']): void
  /**
   * Executes a claimed run. Resolves with its outcome once that is recorded or belongs to another owner. Never rejects.
   */
  execute(claim: RunExecution['claim'], observer?: RunObserver): Promise<RunOutcome>
}

export interface ExecutorOptions {
  readonly settler: Pick<Settler, 'settle'>
  readonly releaser: Pick<Releaser, 'release'>
  readonly notes: AttemptNotes
  readonly gate: StartGate
  readonly alarms: Alarms
  readonly leases: LeaseWatch
  /** Called when a run of this job is over for this instance. */
  readonly onOver: (job: string) => void
}

export function createExecutor<S extends object>(context: ExecutingContext<S>, options: ExecutorOptions): Executor {
  const { jobs, leaseMs, active, events, clock, toStoredError, providerNames } = context
  const { alarms, leases } = options
  const runLimit = createRunLimit({ alarms, clock, toStoredError })
  const handlers = createHandlerWatch({ ...context, alarms, onReturned: options.onOver })
  const attempts = createAttempts<S>(context, { ...options, runLimit, handlers })
  const recorder = createOutcomeRecorder<S>(context, options)
  const discretionOf = createDiscretionOf<S>(context)
  const executionOf = createRunExecutions({ providerNames, clock, onEnded })

  return {
    begin: (claim) => begin({ claim, observer: UNOBSERVED, resolve: nobodyWaits }),
    execute: (claim, observer = UNOBSERVED) => new Promise((resolve) => begin({ claim, observer, resolve })),
  }

  /** From here on, callbacks pass the run on: a promise for every step would cost more than the steps. */
  function begin({ claim, observer, resolve }: Begun): void {
    const job = jobs.get(claim.job)
    if (!job) {
      active.release(claim.id)
      resolve(null)
      return
    }
    const beganAt = clock.monotonic()
    const trustedUntil = beganAt + (claim.leaseUntil - clock.now()) - (leaseMs - trustedMs(leaseMs))
    const execution = executionOf({ claim, observer, resolve, beganAt, trustedUntil })
    active.add(execution)
    runLimit.begin(execution, job)
    leases.watch(execution)
    if (!isStillOurs(execution, context)) return
    if (events.isHeard('run-started'))
      events.emit('run-started', { job: claim.job, runId: claim.id, startedAt: claim.startedAt })
    attempts.begin(execution, job)
  }

  function onEnded(execution: RunExecution, ending: Ending): void {
    if (ending.kind === 'settled' && ending.state !== 'succeeded')
      tellObserver(execution, { thrown: ending.thrown, ...withoutInput(execution) })
    handlers.ended(execution)
    recorder.record(execution, ending)
  }

  /** Leaves out the secrets of the run's input too. */
  function withoutInput({ claim, observer }: RunExecution): Omit<Discretion, 'redact'> {
    const job = jobs.get(claim.job)
    return job && observer !== UNOBSERVED ? discretionOf(job, claim) : context
  }
}

type Begun = Pick<RunExecution, 'claim' | 'observer' | 'resolve'>

function nobodyWaits(): void {}

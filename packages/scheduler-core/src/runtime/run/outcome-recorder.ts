import { NO_ITEMS, type Settlement } from '../../run/ledger-entry.ts'
import type { ExecutingContext } from './attempts.ts'
import type { Outcome } from './held-outcomes.ts'
import type { Releaser } from './releaser.ts'
import type { Ending, RunExecution } from './run-execution.ts'
import type { Settler } from './settler.ts'

/** Records the outcome of every run, and reports it. */
export interface OutcomeRecorder {
  record(execution: RunExecution, ending: Ending): void
}

export interface OutcomeRecorderOptions {
  readonly settler: Pick<Settler, 'settle'>
  readonly releaser: Pick<Releaser, 'release'>
  /** Called when a run of this job is over for this instance. */
  readonly onOver: (job: string) => void
}

export function createOutcomeRecorder<S extends object>(
  {
    active,
    events,
    clock,
    logger,
    reports,
  }: Pick<ExecutingContext<S>, 'active' | 'events' | 'clock' | 'logger' | 'reports'>,
  { settler, releaser, onOver }: OutcomeRecorderOptions,
): OutcomeRecorder {
  /** The transaction of a completion has already written its items. */
  function settlementOf(execution: RunExecution, ending: Settled): Settlement {
    const settlement = execution.settlement(ending, clock.now())
    return execution.completion ? { ...settlement, items: NO_ITEMS } : settlement
  }

  /**
   * The store refused the outcome because the run is settled: by the completion in the handler's own transaction, or by the
   * sweep of another instance. Settling the completion again tells which: the store recognizes a repetition.
   */
  function confirm(execution: RunExecution, completion: Settlement): void {
    settler.settle({
      settlement: completion,
      onResult: (result) => finish(execution, result === 'already_settled' ? completion : null, null),
    })
  }

  function release(execution: RunExecution): void {
    releaser.release(execution, ({ isReleased }) => {
      const { claim, attempt, nextAttemptAt } = execution
      if (isReleased) {
        logger.info({ job: claim.job, runId: claim.id, attempt, nextAttemptAt }, 'Run left open for another instance')
        events.emit('run-released', { job: claim.job, runId: claim.id, attempt, nextAttemptAt })
      }
      // Nobody has it any more, so it is not ours to be found by the sweep.
      active.remove(execution, { isSettled: isReleased })
      onOver(claim.job)
      execution.resolve(null)
    })
  }

  /** Ends the run here. `settlement` is what the ledger says, or `null` when this instance may not say it. */
  function finish(execution: RunExecution, settlement: Settlement | null, thrown: unknown): void {
    active.remove(execution, { isSettled: settlement !== null })
    if (settlement) reports.settled(execution.claim, settlement, thrown)
    onOver(execution.claim.job)
    execution.resolve(settlement?.state ?? null)
  }

  function onResult(outcome: RecordedOutcome, result: OutcomeResult, written: Settlement): void {
    const { execution, settlement, thrown } = outcome
    const { completion } = execution
    if (result === 'settled' || result === 'already_settled') finish(execution, written, thrown)
    else if (result === 'fenced' && completion && completion !== settlement) confirm(execution, completion)
    else finish(execution, null, null)
  }

  return {
    record(execution, ending) {
      execution.timeout?.cancel()
      if (ending.kind === 'lost') return finish(execution, null, null)
      if (ending.kind === 'released') return release(execution)
      const { completion } = execution
      const settlement = ending.state === 'succeeded' && completion ? completion : settlementOf(execution, ending)
      settler.settle(new RecordedOutcome(settlement, execution, ending.thrown, onResult))
    },
  }
}

type Settled = Extract<Ending, { kind: 'settled' }>

type OutcomeResult = Parameters<Outcome['onResult']>[0]

type OnResult = (outcome: RecordedOutcome, result: OutcomeResult, written: Settlement) => void

/** A class, since there is one for every run. */
class RecordedOutcome implements Outcome {
  readonly settlement: Settlement
  readonly execution: RunExecution
  readonly thrown: unknown
  readonly #done: OnResult

  constructor(settlement: Settlement, execution: RunExecution, thrown: unknown, done: OnResult) {
    this.settlement = settlement
    this.execution = execution
    this.thrown = thrown
    this.#done = done
  }

  onResult(result: OutcomeResult, written: Settlement): void {
    this.#done(this, result, written)
  }
}

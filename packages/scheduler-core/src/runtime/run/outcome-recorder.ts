import { NO_ITEMS, type Settlement } from '../../run/ledger-entry.ts'
import type { ExecutingContext } from './attempts.ts'
import type { Ending, RunExecution } from './run-execution.ts'
import type { Settler } from './settler.ts'

/** Records the outcome of every run, and reports it. */
export interface OutcomeRecorder {
  record(execution: RunExecution, ending: Ending): void
}

export interface OutcomeRecorderOptions {
  readonly settler: Pick<Settler, 'settle'>
  /** Called when a run of this job is over for this instance. */
  readonly onOver: (job: string) => void
}

export function createOutcomeRecorder<S extends object>(
  { active, events, clock, logger }: Pick<ExecutingContext<S>, 'active' | 'events' | 'clock' | 'logger'>,
  { settler, onOver }: OutcomeRecorderOptions,
): OutcomeRecorder {
  /** The transaction of a completion has already written its items. */
  function settlementOf(execution: RunExecution, ending: Extract<Ending, { kind: 'settled' }>): Settlement {
    const settlement = execution.settlement(ending, clock.now())
    return execution.completion ? { ...settlement, items: NO_ITEMS } : settlement
  }

  /**
   * The store refused the outcome because the run is settled: by the completion in the handler's own transaction, or by the
   * sweep of another instance. Settling the completion again tells which: the store recognizes a repetition.
   */
  function confirm(execution: RunExecution, completion: Settlement): void {
    settler.settle(completion, (result) => finish(execution, result === 'already_settled' ? completion : null))
  }

  /** Ends the run here. `settlement` is what the ledger says, or `null` when this instance may not say it. */
  function finish(execution: RunExecution, settlement: Settlement | null): void {
    active.remove(execution, { isSettled: settlement !== null })
    if (settlement) tell(execution, settlement)
    onOver(execution.claim.job)
    execution.resolve(settlement?.state ?? null)
  }

  function tell({ claim }: RunExecution, settlement: Settlement): void {
    const { state: outcome, durationMs, attempt, error, calls } = settlement
    const fields = { job: claim.job, runId: claim.id, outcome, durationMs, attempt }
    if (outcome === 'succeeded') logger.info(fields, 'Run settled')
    else logger.warn(error ? { ...fields, error } : fields, 'Run settled')
    const { latenessMs } = claim
    events.emit('run-settled', { job: claim.job, runId: claim.id, state: outcome, durationMs, latenessMs, calls })
  }

  return {
    record(execution, ending) {
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
    },
  }
}

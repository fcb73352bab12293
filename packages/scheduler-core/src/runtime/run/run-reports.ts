import { SchedulerError } from '../../errors.ts'
import { callSafely } from '../../host/call-safely.ts'
import { silentLogger } from '../../ports/logger.ts'
import type { NewUnrunRange, Run, Settlement } from '../../run/ledger-entry.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** Tells the host what the store has written: in the log, as events, and through `onRunError`. */
export interface RunReports {
  /** `thrown` is why it did not succeed; ignored for a run that did. */
  settled(run: ReportedRun, settlement: Settlement, thrown: unknown): void
  /** A run whose process died, as the sweep settled it. */
  orphaned(run: ReportedRun, settlement: Settlement): void
  /** Due times that will not run. */
  unrun(ranges: readonly NewUnrunRange[]): void
}

/** The facts of a run that its outcome does not have. */
export type ReportedRun = Pick<Run, 'job' | 'trigger' | 'scheduledFor' | 'latenessMs'> &
  Partial<Pick<Run, 'queueWaitMs'>>

export type ReportingContext = {
  readonly [K in 'scheduler' | 'logger' | 'onRunError']: SchedulerContext<object>[K]
} & { readonly events: Pick<SchedulerContext<object>['events'], 'emit' | 'isHeard'> }

export function createRunReports({ scheduler, logger, events, onRunError }: ReportingContext): RunReports {
  function settled(run: ReportedRun, settlement: Settlement, thrown: unknown): void {
    const { job, trigger, scheduledFor, latenessMs, queueWaitMs = null } = run
    const { runId, state, attempt, durationMs, calls, error } = settlement
    if (events.isHeard('run-settled')) {
      const facts = { job, runId, state, attempt, trigger, scheduledFor, error }
      events.emit('run-settled', { ...facts, durationMs, latenessMs, queueWaitMs, calls })
    }
    if (state === 'succeeded') {
      if (logger === silentLogger) return
      logger.info({ job, runId, attempt, trigger, outcome: state, durationMs }, 'Run settled')
      return
    }
    // A handler's own error was logged when it was thrown.
    const reason =
      state === 'failed' ? { error: error && { code: error.code, message: error.message } } : { err: thrown }
    logger.warn({ job, runId, attempt, trigger, outcome: state, durationMs, ...reason }, 'Run settled')
    if (!onRunError) return
    const context = { scheduler, job, runId, attempt, trigger, scheduledFor, state, stored: error }
    callSafely(
      () => onRunError(thrown, context),
      (err) => logger.error({ job, runId, err }, 'onRunError threw'),
    )
  }

  return {
    settled,
    orphaned(run, settlement) {
      const thrown = new SchedulerError('RUN_ORPHANED', { runId: settlement.runId })
      settled(run, settlement, thrown)
    },
    unrun(ranges) {
      for (const { job, state, reason, scheduledFor, through, dueCount } of ranges)
        events.emit('due-times-not-run', { job, state, reason, scheduledFor, through, dueCount })
    },
  }
}

import type { Clock } from '../../clock.ts'
import type { Alarms } from '../../loop/alarms.ts'
import type { Logger } from '../../ports/logger.ts'
import type { AbandonedHandlers } from '../../state/abandoned-handlers.ts'
import type { RunExecution } from './run-execution.ts'

/** Knows which handlers go on although their run has ended. */
export interface HandlerWatch {
  /** The run has ended. If its handler still runs, it is abandoned from now on. */
  ended(execution: RunExecution): void
  /** The handler of the run has returned, unless it was never called. */
  returned(execution: RunExecution): void
}

export interface HandlerWatchOptions {
  readonly scheduler: string
  readonly abandoned: AbandonedHandlers
  readonly alarms: Alarms
  readonly clock: Clock
  readonly logger: Logger
  /** Called when an abandoned handler of this job has returned. */
  readonly onReturned: (job: string) => void
}

/** A handler that heeds its signal returns sooner, and is not worth a line in the log. */
const LOG_AFTER_MS = 1_000

export function createHandlerWatch(options: HandlerWatchOptions): HandlerWatch {
  const { scheduler, abandoned, alarms, clock, logger, onReturned } = options

  /** Answers what to do when the handler returns. */
  function abandon({ claim, attempt }: RunExecution): () => void {
    const { id: runId, job } = claim
    const forget = abandoned.add({ job, runId, attempt, since: clock.now() })
    const fields = { scheduler, job, runId, attempt }
    let isLogged = false
    const alarm = alarms.set(LOG_AFTER_MS, () => {
      isLogged = true
      logger.warn(fields, 'A handler goes on although its run has ended')
    })
    return () => {
      forget()
      alarm.cancel()
      if (isLogged) logger.info(fields, 'A handler that went on after its run had ended has returned')
      onReturned(job)
    }
  }

  return {
    ended(execution) {
      if (execution.isHandlerRunning) execution.onReturn ??= abandon(execution)
    },
    returned(execution) {
      const { onReturn } = execution
      execution.isHandlerRunning = false
      execution.onReturn = null
      onReturn?.()
    },
  }
}

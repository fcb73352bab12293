import { sleep } from '../../clock.ts'
import type { InstanceContext } from './instance-context.ts'
import type { LeaseWriter } from './lease-writer.ts'
import { isStillOurs } from './lose-execution.ts'
import type { RunExecution } from './run-execution.ts'
import { toRunFields } from './to-run-fields.ts'

/**
 * Has the store know which attempt of a run goes on, and which waits: after a crash, whoever finds the run then goes on
 * with the attempts and the wait that were left. The runs of one moment share one write.
 */
export interface AttemptNotes {
  /** Writes that the run waits for its next attempt. A failure is left to the next renewal of the lease. */
  waits(execution: RunExecution): void
  /**
   * Writes that the next attempt begins, and begins it: no handler is called for an attempt that the ledger does not
   * count. Retries while the store fails. Resolves with whether the run is still ours.
   */
  begins(execution: RunExecution): Promise<boolean>
}

const RETRY_MS = 250

export function createAttemptNotes<S extends object>(
  context: Pick<InstanceContext<S>, 'clock' | 'logger'>,
  { write }: LeaseWriter,
): AttemptNotes {
  const { clock, logger } = context
  let waiting = new Set<RunExecution>()
  let flight: ReturnType<LeaseWriter['write']> | null = null

  /** One write for all runs that are noted in the same turn of the event loop. */
  function note(execution: RunExecution): ReturnType<LeaseWriter['write']> {
    waiting.add(execution)
    flight ??= Promise.resolve().then(() => {
      const noted = waiting
      waiting = new Set()
      flight = null
      return write([...noted].filter(({ isOver }) => !isOver))
    })
    return flight
  }

  async function hasBegun(execution: RunExecution): Promise<boolean> {
    try {
      return (await note(execution)).get(execution) === 'kept'
    } catch (error) {
      logger.warn(
        { err: error, ...toRunFields([execution.claim]) },
        'The next attempt of a run waits until the store takes it',
      )
      return false
    }
  }

  return {
    waits(execution) {
      note(execution).catch(() => {})
    },
    async begins(execution) {
      execution.isBeginning = true
      while (isStillOurs(execution, context)) {
        if (await hasBegun(execution)) {
          if (execution.isOver) return false
          execution.beginAttempt()
          return true
        }
        await sleep(clock, RETRY_MS, execution.whileWaiting)
      }
      return false
    },
  }
}

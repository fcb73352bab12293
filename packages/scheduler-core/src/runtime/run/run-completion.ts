import type { Clock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Store } from '../../ports/store.ts'
import type { RunExecution } from './run-execution.ts'

export interface RunCompletionOptions<S> {
  readonly scheduler: string
  readonly store: Store<S>
  readonly clock: Clock
}

/** `ctx.complete`, for one attempt of one run. */
export interface RunCompletion<S> {
  /** Runs the work of one unit. A completion that the work asked for is written after it, just before the commit. */
  during<T>(session: S, work: () => Promise<T>): Promise<T>
  /** Completes the run in this session: at the end of its unit, or at once where the host ends the unit. */
  complete(session: S): Promise<void>
}

/**
 * The rows that a completion writes stay locked until its transaction ends. So it is written last, even when the
 * handler does much after asking for it. Until then, the lease is renewed and the job's due times are accounted for.
 */
export function createRunCompletion<S>(
  { scheduler, store, clock }: RunCompletionOptions<S>,
  execution: RunExecution,
): RunCompletion<S> {
  /** The open units of this attempt, and whether each completes the run. */
  const units = new Map<S, { completes: boolean }>()

  function settlementNow() {
    return execution.settlement({ state: 'succeeded', error: null }, clock.now())
  }

  async function write(session: S): Promise<void> {
    const settlement = settlementNow()
    execution.completion = settlement
    execution.isCompleting = true
    try {
      const [result] = await store.settle(session, { scheduler, settlements: [settlement] })
      if (result === 'fenced') throw new SchedulerError('LEASE_LOST', { runId: execution.claim.id })
    } catch (error) {
      execution.isCompleting = false
      throw error
    }
  }

  return {
    async during(session, work) {
      const unit = { completes: false }
      units.set(session, unit)
      try {
        const result = await work()
        // A run that was ended meanwhile must not commit.
        execution.assertUnderWay()
        if (unit.completes) await write(session)
        return result
      } finally {
        units.delete(session)
      }
    },
    async complete(session) {
      execution.assertUnderWay()
      const unit = units.get(session)
      if (!unit) return write(session)
      unit.completes = true
      // From here on the handler is not tried again, since this unit may commit.
      execution.completion ??= settlementNow()
    },
  }
}

import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import type { InstanceContext } from './instance-context.ts'

const BATCH = 100
/** A test's clock leaves out looks this long after the last run can have been due to be handed over again. */
const QUIET_AFTER_MS = 300_000

/** Hands runs to the engine again that no worker has taken over in time: their messages may be lost. */
export function createHandOverAgain<S extends object>(context: InstanceContext<S>): Loop | null {
  const { scheduler, jobs, store, units, clock, logger, handOver } = context
  const { sweepMs } = context.options
  if (!handOver) return null
  const { queueTimeoutMs, dispatch, queues } = handOver

  async function look(): Promise<number | Idle> {
    await queues.tryRefused()
    const now = clock.now()
    const runs = await units.run('hand-over', async (session) => {
      const input = { scheduler, jobs: [...jobs.keys()], now, leaseUntil: now + queueTimeoutMs, limit: BATCH }
      const waiting = await store.handOverAgain(session, input)
      await dispatch(session, waiting)
      return waiting
    })
    if (runs.length === 0) return { sleepMs: sweepMs, quietAfterMs: queueTimeoutMs + QUIET_AFTER_MS }
    logger.debug({ runs: runs.length }, 'Queued runs that no worker had taken over were handed to the engine again')
    return runs.length === BATCH ? 0 : sweepMs
  }

  return createLoop({ name: 'hand-over', clock, logger, runOnce: look })
}

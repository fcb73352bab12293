import { within } from '../../clock.ts'
import { health } from '../../contract/health.ts'
import { isSchedulerError } from '../../errors.ts'
import { ANYBODY } from '../authorize.ts'
import { json } from '../response.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'

/** Probes: open to everybody, who is told pass or fail; those who are let in are told why. */
export const healthRoutes: readonly Route[] = [probe('live', reasonsNotAlive), probe('ready', reasonsNotReady)]

/** A probe that waits longer than its caller does is worth nothing. */
const READY_LIMIT_MS = 1_000

function probe(id: string, reasonsOf: (context: RouteContext) => Promise<readonly string[]>): Route {
  return defineRoute({
    id,
    method: 'GET',
    path: `/health/${id}`,
    access: 'read',
    action: 'probe',
    responses: { 200: health, 503: health },
    async handler(_input, context) {
      const reasons = await reasonsOf(context)
      const pass = reasons.length === 0
      const told = context.principal === ANYBODY ? {} : { reasons }
      return json({ status: pass ? 'pass' : 'fail', ...told }, { status: pass ? 200 : 503 })
    },
  })
}

/** Only what a restart of the process helps against: not that the store is away, and not that there is nothing to do. */
async function reasonsNotAlive({ scheduler }: RouteContext): Promise<readonly string[]> {
  return (await scheduler.isTicking()) ? [] : ['TICK_LOOP_STUCK']
}

/**
 * The store answers with tables of this release, and the scheduler is open and not in error. One that was paused or
 * stopped on purpose is ready; one that drains is not.
 */
async function reasonsNotReady({ scheduler, clock }: RouteContext): Promise<readonly string[]> {
  if (!scheduler.isOpen) return ['SCHEDULER_NOT_OPEN']
  const reading = scheduler.snapshot()
  try {
    if (!(await within(clock, READY_LIMIT_MS, reading))) return ['STORE_SLOW']
    const { snapshot, stale } = await reading
    const { state, reasons } = snapshot.scheduler
    if (state === 'error') return reasons.length > 0 ? reasons : ['STORE_UNAVAILABLE']
    return stale ? ['STORE_SLOW'] : []
  } catch (error) {
    return [isSchedulerError(error) ? error.code : 'STORE_UNAVAILABLE']
  }
}

import { within } from '../../clock.ts'
import { health } from '../../contract/health.ts'
import { isSchedulerError } from '../../errors.ts'
import type { SchedulerSnapshot } from '../../reading/snapshot.ts'
import { json } from '../exchange/response.ts'
import { ANONYMOUS } from '../guard/authorize.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'

/** Probes: open to everybody, who is told pass or fail; those who are let in are told why. */
export const healthRoutes: readonly Route[] = [
  probe('live', reasonsNotAlive),
  probe('ready', reasonsNotReady),
  probe('data', reasonsNotFresh),
]

/** A probe that waits longer than its caller does is worth nothing. */
const READ_LIMIT_MS = 1_000

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
      const told = context.principal === ANONYMOUS ? {} : { reasons }
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
function reasonsNotReady(context: RouteContext): Promise<readonly string[]> {
  return reasonsIn(context, () => [])
}

/**
 * As ready, and every feed is as new as its market lets it be: none is expired, and none unknown once there was time to
 * ask for it. A closed market is no fault, and neither is a feed that is merely stale or a host without feeds.
 */
function reasonsNotFresh(context: RouteContext): Promise<readonly string[]> {
  return reasonsIn(context, ({ feeds, scheduler }) => {
    if (feeds.error !== null) return [feeds.error]
    const { expired, unknown } = feeds.counts
    const hadTime = scheduler.uptimeMs > GRACE_PERIODS * (scheduler.intervalMs ?? USUAL_INTERVAL_MS)
    return [...(expired ? ['FEED_EXPIRED'] : []), ...(unknown && hadTime ? ['FEED_UNKNOWN'] : [])]
  })
}

/** A scheduler that came up has polled twice by then. */
const GRACE_PERIODS = 2
/** Where no single interval is the scheduler's. */
const USUAL_INTERVAL_MS = 900_000

/** What is wrong with the scheduler or its store, or else with what a snapshot of now shows. */
async function reasonsIn(
  { scheduler, clock }: RouteContext,
  judge: (snapshot: SchedulerSnapshot) => readonly string[],
): Promise<readonly string[]> {
  if (!scheduler.isOpen) return ['SCHEDULER_NOT_OPEN']
  const reading = scheduler.snapshot()
  try {
    if (!(await within(clock, READ_LIMIT_MS, reading))) return ['STORE_SLOW']
    const { snapshot, stale } = await reading
    const { state, reasons } = snapshot.scheduler
    if (state === 'error') return reasons.length > 0 ? reasons : ['STORE_UNAVAILABLE']
    return stale ? ['STORE_SLOW'] : judge(snapshot)
  } catch (error) {
    return [isSchedulerError(error) ? error.code : 'STORE_UNAVAILABLE']
  }
}

import { within } from '../../clock.ts'
import { health } from '../../contract/health.ts'
import { isSchedulerError } from '../../errors.ts'
import { isGroupOk } from '../../reading/feed-groups.ts'
import type { SchedulerSnapshot } from '../../reading/snapshot.ts'
import { json } from '../exchange/response.ts'
import { ANONYMOUS } from '../guard/authorize.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'

/** Probes: everybody gets pass or fail, authorized callers the reasons too. */
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
      const detail = context.principal === ANONYMOUS ? {} : { reasons }
      return json({ status: pass ? 'pass' : 'fail', ...detail }, { status: pass ? 200 : 503 })
    },
  })
}

/**
 * Only problems that a restart of the process solves. That the store is away or that there is nothing to do is none.
 */
async function reasonsNotAlive({ scheduler }: RouteContext): Promise<readonly string[]> {
  return (await scheduler.isTicking()) ? [] : ['TICK_LOOP_STUCK']
}

/**
 * Ready: the store answers with tables of this release, and the scheduler is open and not in error. A scheduler that
 * was paused or stopped on purpose is ready; one that drains is not.
 */
function reasonsNotReady(context: RouteContext): Promise<readonly string[]> {
  return reasonsIn(context, () => [])
}

/**
 * Fresh: ready, and no feed is expired, or unknown although there was time to ask for it. A closed market is no fault,
 * and neither is a feed that is merely stale or a host without feeds. Where the host says what matters, in groups of feeds,
 * it is late when more feeds of a group are than may be; `/freshness` tells of which.
 */
function reasonsNotFresh(context: RouteContext): Promise<readonly string[]> {
  return reasonsIn(context, ({ feeds, scheduler }) => {
    if (feeds.error !== null) return [feeds.error]
    const { groups = null } = feeds
    const hadTime = scheduler.uptimeMs > GRACE_PERIODS * (scheduler.intervalMs ?? USUAL_INTERVAL_MS)
    if (groups !== null) return groups.every((group) => isGroupOk(group, { hadTime })) ? [] : ['FEEDS_LATE']
    const { expired, unknown } = feeds.counts
    return [...(expired ? ['FEED_EXPIRED'] : []), ...(unknown && hadTime ? ['FEED_UNKNOWN'] : [])]
  })
}

/** How many intervals a scheduler gets before unknown feeds are a fault: it has polled twice by then. */
const GRACE_PERIODS = 2
/** The interval to assume where the scheduler has no single one. */
const USUAL_INTERVAL_MS = 900_000

/** The problems of the scheduler or its store, or else those that a snapshot of now shows. */
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

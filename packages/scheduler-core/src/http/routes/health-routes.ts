import { within } from '../../clock.ts'
import { health } from '../../contract/health.ts'
import { json, type PlainResponse } from '../response.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'

/** Probes: open to everybody, and say nothing but pass or fail. */
export const healthRoutes: readonly Route[] = [
  defineRoute({
    id: 'live',
    method: 'GET',
    path: '/health/live',
    access: 'read',
    action: 'probe',
    responses: { 200: health, 503: health },
    handler: async () => verdict(true),
  }),
  defineRoute({
    id: 'ready',
    method: 'GET',
    path: '/health/ready',
    access: 'read',
    action: 'probe',
    responses: { 200: health, 503: health },
    handler: async (_input, context) => verdict(await isReady(context)),
  }),
]

/** A probe that waits longer than its caller does is worth nothing. */
const READY_LIMIT_MS = 1_000

/**
 * The store answers, and the scheduler is open and not in error. One that was paused or stopped on purpose is ready;
 * one that is stopped although nobody asked for it is not open yet, or not any more.
 */
async function isReady({ scheduler, clock }: RouteContext): Promise<boolean> {
  const reading = scheduler.snapshot()
  try {
    if (!(await within(clock, READY_LIMIT_MS, reading))) return false
    const { snapshot, stale } = await reading
    const { state, desired } = snapshot.scheduler
    return !stale && state !== 'error' && (scheduler.state !== 'stopped' || desired === 'stopped')
  } catch {
    return false
  }
}

function verdict(pass: boolean): PlainResponse {
  return json({ status: pass ? 'pass' : 'fail' }, { status: pass ? 200 : 503 })
}

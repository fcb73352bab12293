import { backfillQueued, cancelRequested, commandResult, runStarted } from '../../contract/control.ts'
import { backfillBody } from '../../contract/due-time-requests.ts'
import { commandBody, pauseBody } from '../../contract/requests.ts'
import type { CommandOptions, CommandResult, PauseOptions, Scheduler } from '../../scheduler-api.ts'
import type { Principal } from '../access.ts'
import { json } from '../response.ts'
import { defineRoute, type Route } from '../route.ts'
import { toCommandView } from '../views/control-view.ts'
import { configRoutes } from './config-routes.ts'
import { jobParam, runIdParam } from './params.ts'
import { type Reason, toOptions } from './to-options.ts'

/** What operators command. Mounted only where the host asks for it. */
export const adminControlRoutes: readonly Route[] = [
  command('start', (scheduler, options) => scheduler.start(options)),
  command('stop', (scheduler, options) => scheduler.stop(options)),
  command('resume', (scheduler, options) => scheduler.resume(options)),
  defineRoute({
    id: 'pause',
    method: 'POST',
    path: '/pause',
    access: 'control',
    action: 'pause',
    body: pauseBody,
    responses: { 200: commandResult },
    handler: async ({ body }, { scheduler, principal }) =>
      json(toCommandView(await scheduler.pause(toPauseOptions(body, principal)))),
  }),
  defineRoute({
    id: 'pause-job',
    method: 'POST',
    path: '/jobs/:job/pause',
    access: 'control',
    action: 'pause-job',
    body: pauseBody,
    responses: { 200: commandResult },
    handler: async ({ body }, { scheduler, request, principal }) =>
      json(toCommandView(await scheduler.pauseJob(jobParam(request, scheduler), toPauseOptions(body, principal)))),
  }),
  defineRoute({
    id: 'resume-job',
    method: 'POST',
    path: '/jobs/:job/resume',
    access: 'control',
    action: 'resume-job',
    body: commandBody,
    responses: { 200: commandResult },
    handler: async ({ body }, { scheduler, request, principal }) =>
      json(toCommandView(await scheduler.resumeJob(jobParam(request, scheduler), toOptions(body, principal)))),
  }),
  defineRoute({
    id: 'run-job',
    method: 'POST',
    path: '/jobs/:job/run',
    access: 'control',
    action: 'run-job',
    body: commandBody,
    responses: { 202: runStarted },
    async handler({ body }, { scheduler, request, principal }) {
      const { runId } = await scheduler.runJob(jobParam(request, scheduler), toOptions(body, principal))
      return json({ run_id: runId }, { status: 202 })
    },
  }),
  defineRoute({
    id: 'cancel-run',
    method: 'POST',
    path: '/runs/:id/cancel',
    access: 'control',
    action: 'cancel-run',
    body: commandBody,
    responses: { 202: cancelRequested },
    async handler({ body }, { scheduler, request, principal }) {
      const runId = runIdParam(request)
      await scheduler.cancelRun(runId, toOptions(body, principal))
      return json({ run_id: runId, cancel_requested: true }, { status: 202 })
    },
  }),
  defineRoute({
    id: 'backfill-job',
    method: 'POST',
    path: '/jobs/:job/backfill',
    access: 'control',
    action: 'backfill-job',
    body: backfillBody,
    responses: { 202: backfillQueued },
    async handler({ body }, { scheduler, request, principal }) {
      const range = { from: new Date(body.from).getTime(), to: new Date(body.to).getTime() }
      const options = { ...range, ...toOptions(body, principal) }
      return json(await scheduler.backfill(jobParam(request, scheduler), options), { status: 202 })
    },
  }),
  ...configRoutes,
]

function command(
  id: 'start' | 'stop' | 'resume',
  apply: (scheduler: Scheduler, options: CommandOptions) => Promise<CommandResult>,
): Route {
  return defineRoute({
    id,
    method: 'POST',
    path: `/${id}`,
    access: 'control',
    action: id,
    body: commandBody,
    responses: { 200: commandResult },
    handler: async ({ body }, { scheduler, principal }) =>
      json(toCommandView(await apply(scheduler, toOptions(body, principal)))),
  })
}

function toPauseOptions(
  body: Reason & { readonly until?: string | null | undefined },
  principal: Principal,
): PauseOptions {
  const until = body.until ?? null
  return { ...toOptions(body, principal), ...(until !== null && { until: new Date(until).getTime() }) }
}

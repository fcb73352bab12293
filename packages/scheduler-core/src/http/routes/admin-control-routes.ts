import { backfillQueued, cancelRequested, commandResult, runStarted } from '../../contract/control.ts'
import { backfillBody } from '../../contract/due-time-requests.ts'
import { commandBody, pauseBody } from '../../contract/requests.ts'
import type { CommandOptions, CommandResult, PauseOptions, Scheduler } from '../../scheduler-api.ts'
import { commandAnswer } from './command-answer.ts'
import { configRoutes } from './config-routes.ts'
import { jobParam, runIdParam } from './params.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'
import { type Reason, toOptions } from './to-options.ts'

/** The commands of operations. Mounted only where the host asks for them. */
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
    handler: async ({ body }, context) => commandAnswer(await context.scheduler.pause(toPauseOptions(body, context))),
  }),
  defineRoute({
    id: 'pause-job',
    method: 'POST',
    path: '/jobs/:job/pause',
    access: 'control',
    action: 'pause-job',
    body: pauseBody,
    responses: { 200: commandResult },
    handler: async ({ body }, context) =>
      commandAnswer(
        await context.scheduler.pauseJob(jobParam(context.request, context.scheduler), toPauseOptions(body, context)),
      ),
  }),
  defineRoute({
    id: 'resume-job',
    method: 'POST',
    path: '/jobs/:job/resume',
    access: 'control',
    action: 'resume-job',
    body: commandBody,
    responses: { 200: commandResult },
    handler: async ({ body }, context) =>
      commandAnswer(
        await context.scheduler.resumeJob(jobParam(context.request, context.scheduler), toOptions(body, context)),
      ),
  }),
  defineRoute({
    id: 'run-job',
    method: 'POST',
    path: '/jobs/:job/run',
    access: 'control',
    action: 'run-job',
    body: commandBody,
    responses: { 202: runStarted },
    async handler({ body }, context) {
      const { scheduler, request } = context
      const result = await scheduler.runJob(jobParam(request, scheduler), toOptions(body, context))
      return commandAnswer(result, { status: 202, more: { run_id: result.runId } })
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
    async handler({ body }, context) {
      const { scheduler, request } = context
      const runId = runIdParam(request)
      const result = await scheduler.cancelRun(runId, toOptions(body, context))
      return commandAnswer(result, { status: 202, more: { run_id: runId, cancel_requested: true } })
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
    async handler({ body }, context) {
      const { scheduler, request } = context
      const range = { from: new Date(body.from).getTime(), to: new Date(body.to).getTime() }
      const options = { ...range, ...toOptions(body, context) }
      const result = await scheduler.backfillJob(jobParam(request, scheduler), options)
      return commandAnswer(result, { status: 202, more: { queued: result.queued } })
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
    handler: async ({ body }, context) => commandAnswer(await apply(context.scheduler, toOptions(body, context))),
  })
}

function toPauseOptions(
  body: Reason & { readonly until?: string | null | undefined },
  context: RouteContext,
): PauseOptions {
  const until = body.until ?? null
  return { ...toOptions(body, context), ...(until !== null && { until: new Date(until).getTime() }) }
}

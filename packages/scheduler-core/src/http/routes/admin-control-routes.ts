import type * as z from 'zod'

import type { CommandResult, PauseOptions } from '../../api/commands.ts'
import { backfillQueued, cancelRequested, commandResult, runStarted, stopAccepted } from '../../contract/control.ts'
import { backfillBody } from '../../contract/due-time-requests.ts'
import { commandBody, forgetBody, type PauseBody, pauseBody, runBody } from '../../contract/requests.ts'
import { SchedulerError } from '../../errors.ts'
import type { RouteAction } from '../guard/access.ts'
import { cancelBackfillRoute } from './backfill-queue-routes.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { commandAnswer } from './command-answer.ts'
import { configRoutes } from './config-routes.ts'
import { commandedEntryOf, jobParam, runIdParam } from './params.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'
import { templateRoutes } from './template-routes.ts'
import { toOptions, toPauseOptions } from './to-options.ts'

/** The commands of operations. Mounted only where the host asks for them. */
export const adminControlRoutes: readonly Route[] = [
  command({ id: 'start', body: commandBody, apply: ({ scheduler }, options) => scheduler.start(options) }),
  defineRoute({
    id: 'stop',
    method: 'POST',
    path: '/stop',
    access: 'control',
    action: 'stop',
    body: commandBody,
    responses: { 202: stopAccepted },
    async handler({ body }, context) {
      const result = await context.scheduler.stop({ ...toOptions(body, context), resolveWhen: 'accepted' })
      return commandAnswer(result, { status: 202, more: { watch: WATCHED }, headers: { location: WATCHED } })
    },
  }),
  command({ id: 'resume', body: commandBody, apply: ({ scheduler }, options) => scheduler.resume(options) }),
  command({ id: 'pause', body: pauseBody, apply: ({ scheduler }, options) => scheduler.pause(options) }),
  command({
    id: 'pause-job',
    path: '/jobs/:job/pause',
    body: pauseBody,
    apply: ({ scheduler, job }, options) => scheduler.pauseJob(job, options),
  }),
  command({
    id: 'resume-job',
    path: '/jobs/:job/resume',
    body: commandBody,
    apply: ({ scheduler, job }, options) => scheduler.resumeJob(job, options),
  }),
  defineRoute({
    id: 'run-job',
    method: 'POST',
    path: '/jobs/:job/run',
    access: 'control',
    action: 'run-job',
    body: runBody,
    responses: { 202: runStarted },
    async handler({ body }, context) {
      const { scheduler, request } = context
      const options = { ...toOptions(body, context), ...(body.input != null && { input: body.input }) }
      const job = await jobParam(request, scheduler)
      const result = await scheduler.runJob(job, options)
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
      const { scheduler, request, mayFor } = context
      const runId = runIdParam(request)
      const entry = await commandedEntryOf(runId, context)
      if (!entry) throw new SchedulerError('RUN_NOT_FOUND', { runId })
      if (!(await mayFor(entry.job))) {
        // Whoever may not read the runs of the job is not told that there is this one.
        const isKnown = await mayFor(entry.job, { action: 'read-run', access: 'read' })
        throw isKnown ? new SchedulerError('FORBIDDEN', {}) : new SchedulerError('RUN_NOT_FOUND', { runId })
      }
      const result = await scheduler.cancelRun(runId, toOptions(body, context))
      const more = { run_id: runId, cancel_requested: true }
      return commandAnswer(result, { status: 202, more })
    },
  }),
  defineRoute({
    id: 'forget-job',
    method: 'DELETE',
    path: '/jobs/:job',
    access: 'control',
    action: 'forget-job',
    body: forgetBody,
    responses: { 200: commandResult },
    async handler({ body }, context) {
      const job = context.request.params['job'] ?? ''
      const result = await context.scheduler.forgetJob(job, { ...toOptions(body, context), why: body.why })
      return commandAnswer(result)
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
      const job = await jobParam(request, scheduler)
      const result = await scheduler.backfillJob(job, options)
      return commandAnswer(result, { status: 202, more: { queued: result.queued } })
    },
  }),
  ...bulkRoutes,
  ...templateRoutes,
  cancelBackfillRoute,
  ...configRoutes,
]

/** Relative to the command: where one sees that the runs under way have ended. */
const WATCHED = 'status'

interface Command<B> {
  readonly id: RouteAction
  /** Default `/` and the id. */
  readonly path?: string
  readonly body: z.ZodType<B>
  readonly apply: (context: CommandContext, options: PauseOptions) => Promise<CommandResult>
}

interface CommandContext extends Pick<RouteContext, 'scheduler'> {
  /** The job that the path names; empty where it names none. */
  readonly job: string
}

/** A command that answers with what it produced and no more. */
function command<B extends PauseBody>({ id, path = `/${id}`, body, apply }: Command<B>): Route {
  return defineRoute({
    id,
    method: 'POST',
    path,
    access: 'control',
    action: id,
    body,
    responses: { 200: commandResult },
    async handler({ body: asked }, context) {
      const { scheduler, request } = context
      const job = path.includes(':job') ? await jobParam(request, scheduler) : ''
      const result = await apply({ scheduler, job }, toPauseOptions(asked, context))
      return commandAnswer(result)
    },
  })
}

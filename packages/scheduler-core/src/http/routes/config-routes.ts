import type * as z from 'zod'
import type { CommandOptions } from '../../api/commands.ts'
import type { JobConfigInput } from '../../api/job-config-input.ts'
import { configBody, jobConfigBody } from '../../contract/config-requests.ts'
import { commandResult, configuration } from '../../contract/control.ts'
import type { ConfigPatch } from '../../control/config.ts'
import { SETTABLE } from '../../policy/policies.ts'
import { fromWire } from '../../policy/wire.ts'
import { tagged } from '../exchange/response.ts'
import { toConfigView } from '../views/config-view.ts'
import { commandAnswer } from './command-answer.ts'
import { given } from './given.ts'
import { configTag, ifMatch, shownConfigTag } from './if-match.ts'
import { jobParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { toOptions, toReadOptions } from './to-options.ts'
import { toSchedule } from './to-schedule.ts'

/** The settings made at run time. */
export const configReadRoute: Route = defineRoute({
  id: 'config',
  method: 'GET',
  path: '/config',
  access: 'read',
  action: 'read-config',
  isBudgeted: true,
  responses: { 200: configuration, 304: null },
  async handler(_input, context) {
    const { scheduler, request } = context
    const { version, config } = await scheduler.control(toReadOptions(context))
    const shown = { version, ...toConfigView(config) }
    return tagged(shown, shownConfigTag(version, shown), request)
  },
})

/** The commands that set at run time what the code says otherwise. */
export const configRoutes: readonly Route[] = [
  defineRoute({
    id: 'configure',
    method: 'PATCH',
    path: '/config',
    access: 'control',
    action: 'configure',
    body: configBody,
    responses: { 200: commandResult },
    handler: async ({ body }, context) => {
      const { scheduler, request } = context
      const { concurrency, providers } = body
      const patch = given<ConfigPatch>({ concurrency, providers })
      const apply = (options: CommandOptions) => scheduler.configure(patch, options)
      const result = await ifMatch(request, { options: toOptions(body, context), apply })
      return commandAnswer(result, { headers: { etag: configTag(result.control.version) } })
    },
  }),
  defineRoute({
    id: 'configure-job',
    method: 'PATCH',
    path: '/jobs/:job',
    access: 'control',
    action: 'configure-job',
    body: jobConfigBody,
    responses: { 200: commandResult },
    handler: async ({ body }, context) => {
      const { scheduler, request } = context
      const job = await jobParam(request, scheduler)
      const apply = (options: CommandOptions) => scheduler.configureJob(job, toJobPatch(body), options)
      return commandAnswer(await ifMatch(request, { options: toOptions(body, context), apply }))
    },
  }),
]

function toJobPatch({ schedule, retry, ...policies }: z.output<typeof jobConfigBody>): JobConfigInput {
  return {
    ...given<Pick<JobConfigInput, 'schedule'>>({ schedule: schedule && toSchedule(schedule) }),
    ...fromWire(SETTABLE.job, policies),
    ...given<Pick<JobConfigInput, 'retry'>>({ retry: retry && fromWire(SETTABLE.retry, retry) }),
  }
}

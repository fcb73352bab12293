import type { z } from 'zod'

import { configBody, jobConfigBody } from '../../contract/config-requests.ts'
import { commandResult } from '../../contract/control.ts'
import { SchedulerError } from '../../errors.ts'
import type { ConfigPatch, Patch, RetryConfig } from '../../ports/config.ts'
import type { CommandOptions, JobConfigInput, ScheduleInput } from '../../scheduler-api.ts'
import type { Principal } from '../access.ts'
import type { PlainRequest } from '../request.ts'
import { json } from '../response.ts'
import { defineRoute, type Route } from '../route.ts'
import { toCommandView } from '../views/control-view.ts'
import { jobParam } from './params.ts'
import { type Reason, toOptions } from './to-options.ts'

/** What operators set at run time, over what the code says. */
export const configRoutes: readonly Route[] = [
  defineRoute({
    id: 'configure',
    method: 'PATCH',
    path: '/config',
    access: 'control',
    action: 'configure',
    body: configBody,
    responses: { 200: commandResult },
    handler: async ({ body }, { scheduler, request, principal }) => {
      const { concurrency, providers } = body
      const patch = given<ConfigPatch>({ concurrency, providers })
      return json(toCommandView(await scheduler.configure(patch, optionsOf(body, request, principal))))
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
    handler: async ({ body }, { scheduler, request, principal }) => {
      const job = jobParam(request, scheduler)
      const options = optionsOf(body, request, principal)
      return json(toCommandView(await scheduler.configureJob(job, toJobPatch(body), options)))
    },
  }),
]

/** The control version that a change is based on stands in `If-Match`, or in the body. */
function optionsOf(body: Reason, request: PlainRequest, principal: Principal): CommandOptions {
  const header = request.header('if-match')
  if (header === null || header.trim() === '*') return toOptions(body, principal)
  const [, version] = /^"(\d{1,15})"$/.exec(header.trim()) ?? []
  if (version === undefined || (body.expected_version ?? Number(version)) !== Number(version)) {
    const expected = 'the version of the control state in quotes, equal to expected_version where both are given'
    throw new SchedulerError('INVALID_REQUEST', { path: 'header.if-match', expected })
  }
  return { ...toOptions(body, principal), expectedVersion: Number(version) }
}

function toJobPatch(body: z.output<typeof jobConfigBody>): JobConfigInput {
  return given<JobConfigInput>({
    schedule: body.schedule && toSchedule(body.schedule),
    timeoutMs: body.timeout_ms,
    misfireGraceMs: body.misfire_grace_ms,
    misfirePolicy: body.misfire_policy,
    overlapPolicy: body.overlap_policy,
    priority: body.priority,
    retry: body.retry && toRetry(body.retry),
  })
}

type RetryBody = NonNullable<z.output<typeof jobConfigBody>['retry']>

function toRetry({ max_attempts, backoff_ms, max_backoff_ms }: RetryBody): Patch<RetryConfig> {
  return given<Patch<RetryConfig>>({ maxAttempts: max_attempts, backoffMs: backoff_ms, maxBackoffMs: max_backoff_ms })
}

function toSchedule(schedule: NonNullable<z.output<typeof jobConfigBody>['schedule']>): ScheduleInput {
  switch (schedule.kind) {
    case 'every': {
      const { kind, period_ms: periodMs, anchor_at: anchor } = schedule
      return { kind, periodMs, ...(anchor !== undefined && { anchorAt: new Date(anchor).getTime() }) }
    }
    case 'cron': {
      const { kind, pattern, timezone } = schedule
      return { kind, pattern, ...(timezone !== undefined && { timezone }) }
    }
    case 'once':
      return { kind: 'once', at: new Date(schedule.at).getTime() }
  }
}

/** Without the fields that were left out. */
function given<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}

import type { TemplateResult } from '../../api/template-commands.ts'
import {
  type ChangedJobBody,
  createJobsBody,
  type NewJobBody,
  removeJobsBody,
  templateList,
  templateResult,
  templateUse,
  updateJobsBody,
} from '../../contract/templates.ts'
import { isSchedulerError, SchedulerError } from '../../errors.ts'
import type { JobAboutOptions } from '../../job/about.ts'
import type { TemplatedJobChange, TemplatedJobOptions } from '../../job/templated-options.ts'
import { JOB_POLICIES, RETRY_POLICIES } from '../../policy/policies.ts'
import { optionsFromWire } from '../../policy/wire.ts'
import { json } from '../exchange/response.ts'
import { inWireTerms } from '../exchange/wire-terms.ts'
import { commandAnswer } from './command-answer.ts'
import { given } from './given.ts'
import { assertMayForAll, jobParam } from './params.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'
import { toOptions } from './to-options.ts'
import { toSchedule } from './to-schedule.ts'

/** What there is of templates, and of what a job was made. */
export const templateReadRoutes: readonly Route[] = [
  defineRoute({
    id: 'templates',
    method: 'GET',
    path: '/templates',
    access: 'read',
    action: 'list-templates',
    responses: { 200: templateList },
    handler: async (_input, { scheduler }) => {
      const items = scheduler.templates().map(({ runbookUrl, ...rest }) => ({ ...rest, runbook_url: runbookUrl }))
      return json({ items })
    },
  }),
  defineRoute({
    id: 'job-template',
    method: 'GET',
    path: '/jobs/:job/template',
    access: 'read',
    action: 'read-template',
    responses: { 200: templateUse },
    async handler(_input, { scheduler, request }) {
      const job = await jobParam(request, scheduler)
      const use = scheduler.jobNames.includes(job) ? scheduler.templateOf(job) : null
      return json({ job, template: use?.name ?? null, params: use?.params ?? null })
    },
  }),
]

/** The commands to jobs of templates. */
export const templateRoutes: readonly Route[] = [
  defineRoute({
    id: 'create-jobs',
    method: 'POST',
    path: '/create-jobs',
    access: 'control',
    action: 'create-jobs',
    body: createJobsBody,
    responses: { 200: templateResult },
    handler: ({ body }, context) => {
      const names = body.jobs.map(({ name }) => name)
      return answer(names, context, () =>
        context.scheduler.createJobs(body.jobs.map(toNewJob), toOptions(body, context)),
      )
    },
  }),
  defineRoute({
    id: 'update-jobs',
    method: 'POST',
    path: '/update-jobs',
    access: 'control',
    action: 'update-jobs',
    body: updateJobsBody,
    responses: { 200: templateResult },
    handler: ({ body }, context) => {
      const names = body.jobs.map(({ name }) => name)
      return answer(names, context, () =>
        context.scheduler.updateJobs(body.jobs.map(toChange), toOptions(body, context)),
      )
    },
  }),
  defineRoute({
    id: 'remove-jobs',
    method: 'POST',
    path: '/remove-jobs',
    access: 'control',
    action: 'remove-jobs',
    body: removeJobsBody,
    responses: { 200: templateResult },
    handler: ({ body }, context) =>
      answer(body.jobs, context, () => context.scheduler.removeJobs(body.jobs, toOptions(body, context))),
  }),
]

async function answer(names: readonly string[], context: RouteContext, act: () => Promise<TemplateResult>) {
  await assertMayForAll(names, context)
  try {
    const result = await act()
    return commandAnswer(result, { more: { jobs: result.jobs } })
  } catch (error) {
    throw inTermsOfTheBody(error, names)
  }
}

/** Names the field of the body where the scheduler refuses a job. */
function inTermsOfTheBody(error: unknown, names: readonly string[]): unknown {
  if (isSchedulerError(error, 'JOB_NOT_FOUND')) {
    const path = `body.jobs[${names.indexOf(error.details.job)}]`
    return new SchedulerError(
      'INVALID_REQUEST',
      { path, expected: 'the name of a job of a template' },
      { cause: error },
    )
  }
  if (!isSchedulerError(error, 'INVALID_OPTIONS') || !error.details.path.startsWith('jobs')) return error
  const { path, ...terms } = inWireTerms(error.details)
  return new SchedulerError('INVALID_REQUEST', { path: `body.${path}`, ...terms }, { cause: error })
}

function toFields(fields: Omit<ChangedJobBody, 'schedule'>) {
  const { name, params, description, owner, tags, runbook_url: runbookUrl, retry, ...policies } = fields
  return {
    name,
    ...given<Own>({ params, description, owner, tags, runbookUrl }),
    ...optionsFromWire(JOB_POLICIES, policies),
    ...given<Pick<TemplatedJobOptions, 'retry'>>({ retry: retry && optionsFromWire(RETRY_POLICIES, retry) }),
  }
}

type Own = JobAboutOptions & Pick<TemplatedJobOptions, 'params'>

function toNewJob({ template, schedule, ...rest }: NewJobBody): TemplatedJobOptions {
  return { ...toFields(rest), template, schedule: schedule && toSchedule(schedule) }
}

function toChange({ schedule, ...rest }: ChangedJobBody): TemplatedJobChange {
  return { ...toFields(rest), ...(schedule !== undefined && { schedule: schedule && toSchedule(schedule) }) }
}

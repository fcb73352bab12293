import type * as z from 'zod'

import type { BulkResult, PauseJobsOptions } from '../../api/bulk.ts'
import { type BulkBody, bulkBody, bulkResult, type PauseJobsBody, pauseJobsBody } from '../../contract/bulk.ts'
import { isSchedulerError, SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { json } from '../exchange/response.ts'
import { commandAnswer } from './command-answer.ts'
import { assertMayForAll } from './params.ts'
import { defineRoute, type Route, type RouteContext } from './route.ts'
import { toPauseOptions } from './to-options.ts'

/** The most names that a dry run lists. */
const MAX_NAMES = 100

/** The commands to all jobs that a filter meets. */
export const bulkRoutes: readonly Route[] = [
  bulkRoute('pause-jobs', pauseJobsBody, (scheduler, filter, options) => scheduler.pauseJobs(filter, options)),
  bulkRoute('resume-jobs', bulkBody, (scheduler, filter, options) => scheduler.resumeJobs(filter, options)),
  bulkRoute('run-jobs', bulkBody, (scheduler, filter, options) => scheduler.runJobs(filter, options)),
]

type Filter = Parameters<Scheduler['matchJobs']>[0]
type Apply = (scheduler: Scheduler, filter: Filter, options: PauseJobsOptions) => Promise<BulkResult>

function bulkRoute<B extends PauseJobsBody>(
  id: 'pause-jobs' | 'resume-jobs' | 'run-jobs',
  body: z.ZodType<B>,
  apply: Apply,
): Route {
  return defineRoute({
    id,
    method: 'POST',
    path: `/${id}`,
    access: 'control',
    action: id,
    body,
    responses: { 200: bulkResult },
    handler: ({ body: asked }, context) => answer(asked, context, apply).catch(inTermsOfTheBody),
  })
}

async function answer(body: PauseJobsBody, context: RouteContext, apply: Apply) {
  const { scheduler } = context
  const filter = await filterOf(body, context)
  if (body.dry_run) {
    const { match, jobs } = await scheduler.matchJobs(filter)
    return json({ dry_run: true, match, count: jobs.length, jobs: jobs.slice(0, MAX_NAMES) })
  }
  const result = await apply(scheduler, filter, {
    ...toPauseOptions(body, context),
    ...(body.expected_match !== undefined && { expectedMatch: body.expected_match }),
  })
  const { match, jobs, left } = result
  // Of an answer that was given before, its receiver may see less by now.
  if (result.replayed) await assertMayForAll([...jobs, ...left.map(({ job }) => job)], context)
  const count = jobs.length + left.length
  const runs = result.runs.map(({ job, runId }) => ({ job, run_id: runId }))
  return commandAnswer(result, { more: { dry_run: false, match, count, jobs, runs, left } })
}

/** The filter of the body, narrowed to the jobs that it meets and for which `authorize` allows the command. */
async function filterOf({ search, tags, owner }: BulkBody, { scheduler, mayFor }: RouteContext): Promise<Filter> {
  const filter = {
    ...(search !== undefined && { search }),
    ...(tags !== undefined && { tags }),
    ...(owner !== undefined && { owner }),
  }
  const { jobs } = await scheduler.matchJobs(filter)
  const verdicts = await Promise.all(jobs.map((job) => mayFor(job)))
  return { ...filter, jobs: jobs.filter((_, index) => verdicts[index]) }
}

/** Names the body where the scheduler refuses the filter: the schema of the body cannot know how many jobs meet it. */
function inTermsOfTheBody(error: unknown): never {
  if (!isSchedulerError(error, 'INVALID_OPTIONS') || !error.details.path.startsWith('filter')) throw error
  throw new SchedulerError('INVALID_REQUEST', { path: 'body', expected: error.details.expected }, { cause: error })
}

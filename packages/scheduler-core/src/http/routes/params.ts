import { z } from 'zod'

import { SchedulerError } from '../../errors.ts'
import { parseRunId, type RunId } from '../../ids.ts'
import { suggestionFor } from '../../options/suggest.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { PlainRequest } from '../exchange/request.ts'

/** The job that the path names. Throws `JOB_NOT_FOUND`. */
export function jobParam({ params }: PlainRequest, { jobNames }: Scheduler): string {
  const job = params['job'] ?? ''
  if (!jobNames.includes(job)) throw new SchedulerError('JOB_NOT_FOUND', { job })
  return job
}

/**
 * Refuses a filter by a job that is none with `INVALID_REQUEST`: it makes the query invalid. It is no 404, which is about
 * the path.
 */
export function assertJobFilter(job: string, { jobNames }: Scheduler): void {
  if (jobNames.includes(job)) return
  const asked = { path: 'query.job', expected: 'the name of a job' }
  throw new SchedulerError('INVALID_REQUEST', { ...asked, ...suggestionFor(job, jobNames) })
}

/** The run that the path names. Throws `RUN_NOT_FOUND`, also for text that cannot be a run's id. */
export function runIdParam({ params }: PlainRequest): RunId {
  const text = params['id'] ?? ''
  const id = parseRunId(text)
  if (id === null) throw new SchedulerError('RUN_NOT_FOUND', { runId: text })
  return id
}

/** The parameters of a path, as the OpenAPI document has them; `null` for a path without. */
export function pathParams(path: string): z.ZodObject | null {
  const names = [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? [])
  return names.length === 0
    ? null
    : z.object(Object.fromEntries(names.map((name) => [name, PARAMS[name] ?? z.string()])))
}

const PARAMS: Readonly<Record<string, z.ZodType>> = {
  job: z.string().meta({ description: 'The name of a job' }),
  id: z.uuid().meta({ description: 'The id of a run' }),
}

import * as z from 'zod'

import type { ReadOptions } from '../../api/read-options.ts'
import { SchedulerError } from '../../errors.ts'
import { parseRunId, type RunId } from '../../ids.ts'
import { suggestionFor } from '../../options/suggest.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { RouteContext } from './route.ts'
import { toReadOptions } from './to-options.ts'

type Jobs = Pick<Scheduler, 'jobNames' | 'presentNameOf' | 'snapshot'>

/**
 * The job that the path names: one of this instance, of another, or a retired one. Throws `JOB_NOT_FOUND`, and
 * `JOB_RENAMED` for a former name.
 */
export async function jobParam({ params }: PlainRequest, scheduler: Jobs): Promise<string> {
  const job = params['job'] ?? ''
  if (scheduler.jobNames.includes(job)) return job
  const to = scheduler.presentNameOf(job)
  if (to !== job) throw new SchedulerError('JOB_RENAMED', { job, to })
  if (!(await knownJobs(scheduler)).includes(job)) throw new SchedulerError('JOB_NOT_FOUND', { job })
  return job
}

async function knownJobs(scheduler: Jobs): Promise<readonly string[]> {
  const { jobs, retired } = (await scheduler.snapshot()).snapshot
  return [...jobs, ...retired].map(({ name }) => name)
}

/**
 * Refuses a filter by a job that is none with `INVALID_REQUEST`: it makes the query invalid. It is no 404, which is about
 * the path.
 */
export async function assertJobFilter(job: string, scheduler: Jobs): Promise<void> {
  if (scheduler.jobNames.includes(job)) return
  const asked = { path: 'query.job', expected: 'the name of a job' }
  const to = scheduler.presentNameOf(job)
  if (to !== job) throw new SchedulerError('INVALID_REQUEST', { ...asked, suggestion: to })
  const known = await knownJobs(scheduler)
  if (known.includes(job)) return
  throw new SchedulerError('INVALID_REQUEST', { ...asked, ...suggestionFor(job, known) })
}

/** The run that the path names. Throws `RUN_NOT_FOUND`, also for text that cannot be a run's id. */
export function runIdParam({ params }: PlainRequest): RunId {
  const text = params['id'] ?? ''
  const id = parseRunId(text)
  if (id === null) throw new SchedulerError('RUN_NOT_FOUND', { runId: text })
  return id
}

/** The run or the due times with this id, as far as the caller is told of them. */
export function entryOf(id: RunId, context: RouteContext): Promise<LedgerEntry | null> {
  return findEntry(id, context.scheduler, toReadOptions(context))
}

/** The same for a command, which is not refused because its principal asks much: commands have limits of their own. */
export function commandedEntryOf(
  id: RunId,
  { scheduler }: Pick<RouteContext, 'scheduler'>,
): Promise<LedgerEntry | null> {
  return findEntry(id, scheduler)
}

async function findEntry(id: RunId, scheduler: Scheduler, options?: ReadOptions): Promise<LedgerEntry | null> {
  return (await scheduler.listRuns({ id, limit: 1 }, options)).items[0] ?? null
}

/**
 * Asks `authorize` about every job that a body names. Throws `FORBIDDEN` unless it allows all of them: a command does all
 * of what it says or nothing.
 */
export async function assertMayForAll(
  jobs: readonly string[],
  { mayFor }: Pick<RouteContext, 'mayFor'>,
): Promise<void> {
  const verdicts = await Promise.all([...new Set(jobs)].map((job) => mayFor(job)))
  if (!verdicts.every(Boolean)) throw new SchedulerError('FORBIDDEN', {})
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

import { SchedulerError } from '../../errors.ts'
import type { InstanceId } from '../../ids.ts'
import type { Job } from '../../job/job.ts'
import { isAlive } from '../../plan/plan-definitions.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { noSuchJob } from '../../state/job-names.ts'

/**
 * The job in effect, of which this instance is to run something. Throws `JOB_ELSEWHERE` with the live instances that
 * have it, and `JOB_NOT_FOUND` when nobody has it.
 */
export async function jobHere<S extends object>(
  context: SchedulerContext<S>,
  session: S,
  name: string,
): Promise<Job<S>> {
  const { jobs, configuration, names } = context
  const job = jobs.get(name)
  if (job) return job
  if (!configuration.policiesOf(name)) throw noSuchJob(names, name)
  return refuseElsewhere(context, session, name)
}

/**
 * The same for a command that computes due times: a job that is left to instances with newer time zone data is elsewhere
 * too.
 */
export async function dueJobHere<S extends object>(
  context: SchedulerContext<S>,
  session: S,
  name: string,
): Promise<Job<S>> {
  const job = await jobHere(context, session, name)
  return context.outdated.has(job) ? refuseElsewhere(context, session, name) : job
}

async function refuseElsewhere<S extends object>(
  { scheduler, instance, store, clock }: SchedulerContext<S> & { readonly instance?: InstanceId },
  session: S,
  name: string,
): Promise<never> {
  const lives = await store.readInstances(session, { scheduler, job: name })
  const others = lives.filter((life) => isAlive(life, clock.now()) && life.instance !== instance)
  const instances = others.map((life) => life.instance).join(', ')
  throw new SchedulerError('JOB_ELSEWHERE', { job: name, instances: instances || 'none is open' })
}

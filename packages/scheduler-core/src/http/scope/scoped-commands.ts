import { SchedulerError } from '../../errors.ts'
import type { JobFilter } from '../../reading/job-filter.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { known, namesWithin, type ScopedParts } from './scoped-reads.ts'

type OfAll = 'start' | 'stop' | 'pause' | 'resume' | 'configure' | 'open' | 'close'
type OfOne =
  | 'pauseJob'
  | 'resumeJob'
  | 'runJob'
  | 'cancelRun'
  | 'forgetJob'
  | 'configureJob'
  | 'backfillJob'
  | 'cancelBackfill'
type OfSome = 'pauseJobs' | 'resumeJobs' | 'runJobs' | 'createJobs' | 'updateJobs' | 'removeJobs'

/** The commands of whoever may act on some jobs only. What would change all jobs is refused with `FORBIDDEN`. */
export function createScopedCommands(parts: ScopedParts): Pick<Scheduler, OfAll | OfOne | OfSome> {
  const { scheduler, scope } = parts

  async function narrowed(filter: JobFilter): Promise<JobFilter> {
    return { ...filter, jobs: filter.jobs?.filter(scope.has) ?? (await namesWithin(parts)) }
  }

  function allKnown<T>(list: readonly T[], nameOf: (one: T) => string): readonly T[] {
    for (const one of list) known(nameOf(one), scope)
    return list
  }

  return {
    open: refuse,
    close: refuse,
    start: refuse,
    stop: refuse,
    pause: refuse,
    resume: refuse,
    configure: refuse,
    pauseJob: async (job, options) => scheduler.pauseJob(known(job, scope), options),
    resumeJob: async (job, options) => scheduler.resumeJob(known(job, scope), options),
    runJob: async (job, options) => scheduler.runJob(known(job, scope), options),
    forgetJob: async (job, options) => scheduler.forgetJob(known(job, scope), options),
    configureJob: async (job, patch, options) => scheduler.configureJob(known(job, scope), patch, options),
    backfillJob: async (job, options) => scheduler.backfillJob(known(job, scope), options),
    cancelBackfill: async (job, options) => scheduler.cancelBackfill(known(job, scope), options),
    async cancelRun(runId, options) {
      const jobs = await namesWithin(parts)
      const [entry] = jobs.length === 0 ? [] : (await scheduler.listRuns({ id: runId, jobs, limit: 1 })).items
      if (!entry) throw new SchedulerError('RUN_NOT_FOUND', { runId })
      return scheduler.cancelRun(runId, options)
    },
    pauseJobs: async (filter, options) => scheduler.pauseJobs(await narrowed(filter), options),
    resumeJobs: async (filter, options) => scheduler.resumeJobs(await narrowed(filter), options),
    runJobs: async (filter, options) => scheduler.runJobs(await narrowed(filter), options),
    async createJobs(jobs, options) {
      // Not even whether there is such a job is told.
      if (!jobs.every(({ name }) => scope.has(name))) throw new SchedulerError('FORBIDDEN', {})
      return scheduler.createJobs(jobs, options)
    },
    updateJobs: async (jobs, options) =>
      scheduler.updateJobs(
        allKnown(jobs, ({ name }) => name),
        options,
      ),
    removeJobs: async (jobs, options) =>
      scheduler.removeJobs(
        allKnown(jobs, (name) => name),
        options,
      ),
  }
}

async function refuse(): Promise<never> {
  throw new SchedulerError('FORBIDDEN', {})
}

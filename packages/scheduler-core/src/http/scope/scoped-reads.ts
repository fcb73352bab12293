import { SchedulerError } from '../../errors.ts'
import { metricNamed } from '../../metrics/metrics.ts'
import type { ResultPage } from '../../ports/pages.ts'
import type { SchedulerSnapshot, SnapshotReading } from '../../reading/snapshot.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { JobScope } from '../guard/job-scope.ts'
import { controlWithin } from './scoped-control.ts'

export interface ScopedParts {
  readonly scheduler: Scheduler
  readonly scope: JobScope
  /** Shared by all scopes of one service. */
  readonly snapshotWithin: (snapshot: SchedulerSnapshot, scope: JobScope) => SchedulerSnapshot
}

type Questions = 'presentNameOf' | 'inputOf' | 'backfillQueue' | 'preview' | 'previewBackfill' | 'explain' | 'dueTimes'
type Lists = 'jobNames' | 'templateOf' | 'templates' | 'upcoming' | 'audit' | 'history' | 'listRuns' | 'listLog'

/** What a reader is told who is told of some jobs only. Any other job is one that does not exist. */
export function createScopedReads(
  parts: ScopedParts,
): Pick<Scheduler, Questions | Lists | 'snapshot' | 'control' | 'matchJobs'> {
  const { scheduler, scope, snapshotWithin } = parts
  const names = () => namesWithin(parts)

  return {
    get jobNames() {
      return scheduler.jobNames.filter((job) => scope.has(job))
    },
    presentNameOf(job) {
      const to = scheduler.presentNameOf(job)
      return scope.has(to) ? to : job
    },
    inputOf: (job) => scheduler.inputOf(known(job, scope)),
    templateOf: (job) => scheduler.templateOf(known(job, scope)),
    templates() {
      const used = scheduler.jobNames.filter((job) => scope.has(job)).map((job) => scheduler.templateOf(job)?.name)
      return scheduler.templates().map((one) => ({ ...one, jobs: used.filter((name) => name === one.name).length }))
    },
    backfillQueue: async (job) => scheduler.backfillQueue(known(job, scope)),
    preview: async (job, n, options) => scheduler.preview(known(job, scope), n, options),
    previewBackfill: async (job, range, options) => scheduler.previewBackfill(known(job, scope), range, options),
    explain: async (job, at, options) => scheduler.explain(known(job, scope), at, options),
    dueTimes: async (job, query, options) => scheduler.dueTimes(known(job, scope), query, options),
    async upcoming(n, { jobs, ...options } = {}) {
      return scheduler.upcoming(n, { ...options, jobs: jobs?.filter(scope.has) ?? (await names()) })
    },
    async audit(query, options) {
      if (query.job !== undefined) known(query.job, scope)
      return scheduler.audit({ ...query, jobs: await names() }, options)
    },
    async history(query, options) {
      if (query.job !== undefined) known(query.job, scope)
      const isOfAll = query.job === undefined && metricNamed(query.metric)?.of === 'run'
      return scheduler.history(isOfAll ? { ...query, jobs: await names() } : query, options)
    },
    async listRuns(query = {}, options) {
      const jobs = await names()
      return jobs.length === 0 ? NOTHING : scheduler.listRuns({ ...query, jobs }, options)
    },
    listLog: async (query = {}, options) => scheduler.listLog({ ...query, jobs: await names() }, options),
    async matchJobs(filter) {
      return scheduler.matchJobs({ ...filter, jobs: filter.jobs?.filter(scope.has) ?? (await names()) })
    },
    control: async (options) => controlWithin(await scheduler.control(options), scope),
    async snapshot(options) {
      const reading = await scheduler.snapshot(options)
      return { ...reading, snapshot: snapshotWithin(reading.snapshot, scope) } satisfies SnapshotReading
    },
  }
}

const NOTHING: ResultPage<never> = { items: [], nextCursor: null }

/** The job, or `JOB_NOT_FOUND` for one that the reader is not told of. */
export function known(job: string, scope: JobScope): string {
  if (!scope.has(job)) throw new SchedulerError('JOB_NOT_FOUND', { job })
  return job
}

/** The names of the jobs of a scope: all that it names, or those that there are and that pass its test. */
export async function namesWithin({ scheduler, scope }: ScopedParts): Promise<readonly string[]> {
  if (scope.names !== null) return scope.names
  const { jobs, retired } = (await scheduler.snapshot()).snapshot
  const all = new Set([...scheduler.jobNames, ...[...jobs, ...retired].map(({ name }) => name)])
  return [...all].filter((job) => scope.has(job))
}

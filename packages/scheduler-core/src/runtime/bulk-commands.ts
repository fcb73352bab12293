import type { BulkOptions, PauseJobsOptions } from '../api/bulk.ts'
import type { JobFilter } from '../reading/job-filter.ts'
import { toEpochMs } from '../schedule/instant.ts'
import type { Scheduler } from '../scheduler-api.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { actorOf } from './ask/actor-of.ts'
import type { BulkRequest } from './ask/bulk-commander.ts'
import { matchJobs } from './ask/job-match.ts'
import { termsOf } from './ask/terms-of.ts'
import type { CommandParts } from './control-commands.ts'

type BulkCommands = Pick<Scheduler, 'matchJobs' | 'pauseJobs' | 'resumeJobs' | 'runJobs'>

/** The commands to all jobs that a filter meets. */
export function createBulkCommands<S extends object>(
  { jobs, options: { redact } }: SchedulerContext<S>,
  { turns, lifecycle, onCommanded }: CommandParts,
): BulkCommands {
  function bulk(verb: BulkRequest['verb'], filter: JobFilter, { expectedMatch, ...given }: PauseJobsOptions = {}) {
    return turns.take(async () => {
      const instance = lifecycle.assertOpen()
      const found = matchJobs(jobs.values(), filter)
      const until = given.until === undefined ? null : toEpochMs(given.until, 'until')
      const terms = { ...termsOf(given), ...(expectedMatch !== undefined && { expectedMatch }) }
      // A repeat of the request is one, also where its sender may act on other jobs by then.
      const { jobs: _, ...asked } = filter
      const request = { verb, filter: asked, found, until, actor: actorOf(given, redact), terms }
      const { answer, control, replayed, claims } = await instance.bulk(request)
      onCommanded(control)
      if (verb === 'run-jobs') instance.start(claims)
      else instance.replan()
      return { ...answer, replayed }
    })
  }

  return {
    matchJobs: async (filter) => matchJobs(jobs.values(), filter),
    pauseJobs: (filter, options) => bulk('pause-jobs', filter, options),
    resumeJobs: (filter, options?: BulkOptions) => bulk('resume-jobs', filter, options),
    runJobs: (filter, options?: BulkOptions) => bulk('run-jobs', filter, options),
  }
}

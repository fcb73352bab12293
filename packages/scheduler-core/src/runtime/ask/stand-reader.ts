import type { EpochMs } from '../../clock.ts'
import type { LogEntry } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import type { JobPolicies } from '../../job/job.ts'
import { type ScheduleEra, scheduleHistory } from '../../plan/schedule-history.ts'
import type { StoreMeasures } from '../../ports/measures.ts'
import type { PageQuery, ResultPage } from '../../ports/pages.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** Reads what questions about due times need beside the ledger. */
export interface StandReader<S> {
  /** The job as it is in effect. Throws `JOB_NOT_FOUND`. */
  jobNamed(name: string): JobPolicies
  /** Reads the state of the jobs in one consistent read, and takes over what was set at run time. */
  readStand(session: S): Promise<StoreMeasures>
  /** The changes of the configuration since an instant, latest first. */
  readChanges(session: S, since: EpochMs): Promise<readonly LogEntry[]>
  /** The schedules that a job had, each with the span in which it held. */
  erasOf(job: JobPolicies, log: readonly LogEntry[]): readonly ScheduleEra[]
  /** The instant since which no entry has been deleted, or will be while a question is being answered. */
  keptFrom(): EpochMs
}

const PAGE = 500
/** During an audit, the pruner may delete entries that have just become too old. */
const PRUNE_MARGIN_MS = 600_000

export function createStandReader<S extends object>(context: SchedulerContext<S>): StandReader<S> {
  const { scheduler, options, jobs, store, state, clock } = context

  return {
    jobNamed(name) {
      const job = jobs.get(name)
      if (!job) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
      return job
    },
    async readStand(session) {
      const stand = await store.readMeasures(session, { scheduler, asOf: clock.now(), windowsMs: {} })
      state.adopt(stand.control)
      return stand
    },
    async readChanges(session, since) {
      const changes: LogEntry[] = []
      let cursor: string | null = null
      do {
        const query: PageQuery = { scheduler, limit: PAGE, ...(cursor !== null && { cursor }) }
        const page: ResultPage<LogEntry> = await store.listLog(session, query)
        const recent = page.items.filter((entry) => entry.at >= since)
        changes.push(...recent.filter((entry) => entry.changes.length > 0))
        cursor = recent.length < page.items.length ? null : page.nextCursor
      } while (cursor !== null)
      return changes
    },
    erasOf(job, log) {
      const own = (options.jobs.get(job.name) ?? job).schedule
      return scheduleHistory({ job: job.name, own, present: job.schedule, log })
    },
    keptFrom: () => clock.now() - options.retentionMs + PRUNE_MARGIN_MS,
  }
}

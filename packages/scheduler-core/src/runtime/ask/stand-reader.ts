import type { EpochMs } from '../../clock.ts'
import type { LogEntry } from '../../control/control.ts'
import { jobElsewhere, readDefinition } from '../../job/definitions.ts'
import type { JobPolicies } from '../../job/job.ts'
import { type ScheduleEra, scheduleHistory } from '../../plan/schedule-history.ts'
import type { DefinitionSpan } from '../../ports/definitions.ts'
import type { StoreMeasures } from '../../ports/measures.ts'
import type { LogQuery, ResultPage } from '../../ports/pages.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { noSuchJob } from '../../state/job-names.ts'

/** Reads what questions about due times need beside the ledger. */
export interface StandReader<S> {
  /** Throws `JOB_NOT_FOUND` unless the job is defined, or was. */
  assertKnown(job: string): Promise<void>
  /** Reads the state of the jobs in one consistent read, and takes over what was set at run time. */
  readStand(session: S): Promise<StoreMeasures>
  /** Reads how all jobs, some, or one were defined and configured since an instant. */
  readPast(session: S, since: EpochMs, about: OfJobs): Promise<Past>
  /** The instant since which no entry has been deleted, or will be while a question is being answered. */
  keptFrom(): EpochMs
}

type OfJobs = Pick<LogQuery, 'job' | 'jobs'>

/** How jobs were defined and configured. */
export interface Past {
  /** The jobs that are defined, own ones first, then those that were. */
  readonly jobs: readonly string[]
  /** The job as it is in effect, or as it was defined last. Throws `JOB_NOT_FOUND`. */
  policiesOf(job: string): JobPolicies
  /** The schedules that a job had, each with the stretch in which it held. */
  erasOf(job: string): readonly ScheduleEra[]
}

const PAGE = 500
/** During an audit, the pruner may delete entries that have just become too old. */
const PRUNE_MARGIN_MS = 600_000

export function createStandReader<S extends object>(context: SchedulerContext<S>): StandReader<S> {
  const { scheduler, options, configuration, names, store, units, clock, follow } = context

  /** The changes of the configuration since an instant, latest first. */
  async function readChanges(session: S, since: EpochMs, about: OfJobs): Promise<readonly LogEntry[]> {
    const changes: LogEntry[] = []
    let cursor: string | null = null
    do {
      const query: LogQuery = { scheduler, ...about, limit: PAGE, ...(cursor !== null && { cursor }) }
      const page: ResultPage<LogEntry> = await store.listLog(session, query)
      const recent = page.items.filter((entry) => entry.at >= since)
      changes.push(...recent.filter((entry) => entry.changes.length > 0))
      cursor = recent.length < page.items.length ? null : page.nextCursor
    } while (cursor !== null)
    return changes
  }

  /** All definitions of one job that are kept, so that a retired one is found. */
  function readSpans(session: S, since: EpochMs, job: string | undefined): Promise<readonly DefinitionSpan[]> {
    const which = job === undefined ? { endedFrom: Math.max(0, since) } : { job, endedFrom: 0 }
    return store.readDefinitions(session, { scheduler, ...which })
  }

  function policiesOf(name: string, spans: readonly DefinitionSpan[]): JobPolicies {
    const known = configuration.policiesOf(name)
    if (known) return known
    const last = readDefinition(spans.at(-1)?.definition)
    const retired = last ? jobElsewhere(name, last) : configuration.definitions.own.get(name)
    if (!retired) throw noSuchJob(names, name)
    return retired
  }

  return {
    async assertKnown(name) {
      if (configuration.policiesOf(name) || configuration.definitions.own.has(name)) return
      const spans = await units.run('read-definitions', (session) => readSpans(session, 0, name), { readOnly: true })
      policiesOf(name, spans)
    },
    async readStand(session) {
      const stand = await store.readMeasures(session, { scheduler, asOf: clock.now(), windowsMs: {} })
      await follow(session, stand.control)
      return stand
    },
    async readPast(session, since, about) {
      const log = await readChanges(session, since, about)
      const spans = Map.groupBy(await readSpans(session, since, about.job), (span) => span.job)
      const own = configuration.settings().map((setting) => setting.job.name)
      return {
        jobs: [...new Set([...own, ...configuration.definitions.own.keys(), ...spans.keys()])],
        policiesOf: (name) => policiesOf(name, spans.get(name) ?? []),
        erasOf(name) {
          const [own, present] = [spans.get(name) ?? [], policiesOf(name, spans.get(name) ?? [])]
          const defined = configuration.definedAs(name)
          const set = defined && defined.schedule !== present.schedule ? present.schedule : null
          const otherwise = (defined ?? configuration.definitions.own.get(name) ?? present).schedule
          return scheduleHistory({ job: name, otherwise, spans: own, set, log })
        },
      }
    },
    keptFrom: () => clock.now() - options.retentionMs + PRUNE_MARGIN_MS,
  }
}

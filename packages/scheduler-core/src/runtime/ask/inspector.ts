import type { Clock, EpochMs } from '../../clock.ts'
import { type ControlState, initialControl, type LogEntry } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { backfillId, occurrenceId } from '../../ids.ts'
import type { JobPolicies } from '../../job/job.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { type Audit, createAudit, type JobAudit, sumAudits } from '../../plan/audit.ts'
import { type DueTimeExplanation, explain } from '../../plan/explain.ts'
import { inactiveSpans } from '../../plan/inactive.ts'
import { type ForeseenDueTime, preview } from '../../plan/preview.ts'
import { type ScheduleEra, scheduleHistory } from '../../plan/schedule-history.ts'
import type { LedgerQuery, PageQuery, ResultPage } from '../../ports/pages.ts'
import type { Store } from '../../ports/store.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import { UNRUN_STATES } from '../../run/states.ts'
import type { Units } from '../../session/units.ts'
import { assertRange } from './assert-range.ts'

/** Answers people's questions about due times: what would run, why something did not, and whether all is accounted for. */
export interface Inspector {
  preview(job: string, n: number): Promise<readonly ForeseenDueTime[]>
  explain(job: string, at: EpochMs): Promise<DueTimeExplanation>
  audit(range: { readonly from: EpochMs; readonly to: EpochMs }): Promise<readonly JobAudit[]>
}

export interface InspectorOptions<S> {
  readonly scheduler: string
  /** The jobs as they are in effect. */
  readonly jobs: ReadonlyMap<string, JobPolicies>
  /** The jobs as the code defines them. */
  readonly defined: ReadonlyMap<string, JobPolicies>
  /** Takes over what was set at run time. */
  readonly adopt: (control: ControlState) => void
  readonly retentionMs: number
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
}

const MAX_PREVIEW = 1_000
const PAGE = 500
/** While an audit goes on the pruner may delete what has just become too old. */
const PRUNE_MARGIN_MS = 600_000

export function createInspector<S>(options: InspectorOptions<S>): Inspector {
  const { scheduler, jobs, defined, retentionMs, store, units, clock } = options

  function jobNamed(name: string): JobPolicies {
    const job = jobs.get(name)
    if (!job) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
    return job
  }

  /** Where the jobs stand, in one consistent read. */
  async function readStand(session: S) {
    const stand = await store.readMeasures(session, { scheduler, asOf: clock.now(), windowsMs: {} })
    options.adopt(stand.control)
    return stand
  }

  /** Also of a scheduler that was never opened: nothing was asked of it, and nothing is decided. */
  async function readPresent(session: S, job: string) {
    const control = await store.readControl(session, { scheduler })
    if (!control) return { control, cursor: -Infinity }
    const { jobs: stands } = await readStand(session)
    return { control, cursor: stands.find((stand) => stand.job === job)?.cursor ?? -Infinity }
  }

  /** What was changed of the configuration since an instant, latest first. */
  async function readChanges(session: S, since: EpochMs): Promise<readonly LogEntry[]> {
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
  }

  function erasOf(job: JobPolicies, log: readonly LogEntry[]): readonly ScheduleEra[] {
    const own = (defined.get(job.name) ?? job).schedule
    return scheduleHistory({ job: job.name, own, present: job.schedule, log })
  }

  const keptFrom = () => clock.now() - retentionMs + PRUNE_MARGIN_MS

  async function find(session: S, id: LedgerEntry['id']): Promise<LedgerEntry | undefined> {
    return (await store.listEntries(session, { scheduler, id, limit: 1 })).items[0]
  }

  /** The entry of a due time: by its id where a run or a range begins with it, else the range that reaches over it. */
  async function entryOf(session: S, job: string, at: EpochMs): Promise<LedgerEntry | null> {
    const own = await find(session, occurrenceId({ scheduler, job, scheduledFor: at }))
    if (own) return own
    const query = { scheduler, job, states: UNRUN_STATES, from: at, to: at + 1, limit: 1 }
    return (await store.listEntries(session, query)).items[0] ?? null
  }

  /** The runs that made up for a due time: reruns in their order, then a backfill. */
  async function runsAfter(session: S, job: string, at: EpochMs): Promise<readonly Run[]> {
    const runs: Run[] = []
    for (let attempt = 2; ; attempt++) {
      const rerun = await find(session, occurrenceId({ scheduler, job, scheduledFor: at, attempt }))
      if (rerun?.kind !== 'run') break
      runs.push(rerun)
    }
    const backfill = await find(session, backfillId({ scheduler, job, scheduledFor: at }))
    return backfill?.kind === 'run' ? [...runs, backfill] : runs
  }

  async function walk(audit: Audit, job: string): Promise<void> {
    const { range } = audit
    let cursor: string | null = null
    do {
      if (!range || audit.isComplete) return
      const query: LedgerQuery = { scheduler, job, ...range, limit: PAGE, ...(cursor !== null && { cursor }) }
      const page: ResultPage<LedgerEntry> = await units.run('audit', (session) => store.listEntries(session, query), {
        readOnly: true,
      })
      for (const entry of page.items) audit.add(entry)
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  return {
    async preview(name, n) {
      jobNamed(name)
      assertCount(n)
      const now = clock.now()
      const { control, cursor } = await units.run('preview', (session) => readPresent(session, name), {
        readOnly: true,
      })
      const inactive = inactiveSpans(control ?? initialControl(now), name)
      return preview({ scheduler, job: jobNamed(name), inactive }, { now, cursor, n })
    },

    async explain(name, at) {
      jobNamed(name)
      assertInstant(at)
      return units.run(
        'explain',
        async (session) => {
          const { jobs: stands, control } = await readStand(session)
          const now = clock.now()
          const known = stands.find((each) => each.job === name)
          const { since, cursor, running } = known ?? { since: now, cursor: now, running: 0 }
          const entry = at <= cursor ? await entryOf(session, name, at) : null
          const later = entry ? await runsAfter(session, name, at) : []
          const eras = erasOf(jobNamed(name), await readChanges(session, at))
          const era = eras.find(({ after, upTo }) => after < at && at <= upTo)
          const job = { ...jobNamed(name), ...(era && { schedule: era.schedule }) }
          const facts = { control, since, cursor, running, keptFrom: keptFrom(), entry, later }
          return explain({ scheduler, job, at, now, ...facts })
        },
        { readOnly: true },
      )
    },

    async audit(range) {
      assertRange(range)
      // Cursors first: an entry of a due time before them is there already when the entries are read.
      const { jobs: stands } = await units.run('audit', readStand, { readOnly: true })
      const log = await units.run('audit', (session) => readChanges(session, range.from), { readOnly: true })
      const byName = new Map(stands.map((stand) => [stand.job, stand]))
      const now = clock.now()
      const audits: JobAudit[] = []
      for (const [name, job] of jobs) {
        const { since, cursor } = byName.get(name) ?? { since: null, cursor: now }
        const parts: JobAudit[] = []
        for (const { after, upTo, schedule } of erasOf(job, log)) {
          const [from, to] = [Math.max(range.from, after + 1), Math.min(range.to, upTo + 1)]
          if (from >= to) continue
          const audit = createAudit({ job: { name, schedule }, from, to, now, since, cursor, keptFrom: keptFrom() })
          await walk(audit, name)
          parts.push(audit.result())
        }
        audits.push(sumAudits(parts))
      }
      return audits
    },
  }
}

function assertCount(n: number): void {
  if (Number.isInteger(n) && n >= 1 && n <= MAX_PREVIEW) return
  refuseOption({ path: 'preview.n', value: n, expected: `a whole number from 1 to ${MAX_PREVIEW}` })
}

function assertInstant(at: EpochMs): void {
  if (Number.isSafeInteger(at)) return
  refuseOption({ path: 'explain.at', value: at, expected: 'an instant in whole milliseconds since the epoch' })
}

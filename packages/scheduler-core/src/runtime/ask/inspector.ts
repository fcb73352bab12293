import type { PreviewOptions, UpcomingOptions } from '../../api/queries.ts'
import type { EpochMs, Instant } from '../../clock.ts'
import { initialControl } from '../../control/control.ts'
import { parseScheduleOver } from '../../control/parse-config.ts'
import { backfillId, occurrenceId } from '../../ids.ts'
import type { JobPolicies } from '../../job/job.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { type DueTimeExplanation, explain } from '../../plan/explain.ts'
import { inactiveSpans } from '../../plan/inactive.ts'
import { type ForeseenDueTime, preview } from '../../plan/preview.ts'
import type { createUpcoming, UpcomingDueTime } from '../../plan/upcoming.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import { UNRUN_STATES } from '../../run/states.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { noSuchJob } from '../../state/job-names.ts'
import { runsOf } from './runs-of.ts'
import { createStandReader } from './stand-reader.ts'
import { toWholeMs } from './to-range.ts'

/** Answers questions about single due times: what would run, and why something did not. */
export interface Inspector {
  preview(job: string, n: number, options?: PreviewOptions): Promise<readonly ForeseenDueTime[]>
  upcoming(n: number, options?: UpcomingOptions): Promise<readonly UpcomingDueTime[]>
  explain(job: string, at: Instant): Promise<DueTimeExplanation>
}

const MAX_PREVIEW = 1_000

/** `upcomingOf` remembers what it has computed, so that all questions have one. */
export function createInspector<S extends object>(
  context: SchedulerContext<S>,
  upcomingOf: ReturnType<typeof createUpcoming>,
): Inspector {
  const { scheduler, configuration, jobs, names, follow, store, units, clock } = context
  const { assertKnown, readStand, readPast, keptFrom } = createStandReader<S>(context)

  /** Also works for a scheduler that was never opened: it has no control state and no decisions yet. */
  async function readPresent(session: S, job: string) {
    const control = await store.readControl(session, { scheduler })
    if (!control) return { control, cursor: -Infinity }
    const { jobs: stands } = await readStand(session)
    return { control, cursor: stands.find((stand) => stand.job === job)?.cursor ?? -Infinity }
  }

  /** A job without the settings made at run time. A retired one has no due times to come. */
  function knownJob(name: string): JobPolicies {
    const job = configuration.definedAs(name) ?? configuration.definitions.own.get(name)
    if (!job) throw noSuchJob(names, name)
    return job
  }

  async function explainIn(session: S, name: string, at: EpochMs): Promise<DueTimeExplanation> {
    const { jobs: stands, control } = await readStand(session)
    const now = clock.now()
    const known = stands.find((each) => each.job === name)
    const { since, cursor, running } = known ?? { since: now, cursor: now, running: 0 }
    const key = { scheduler, job: names.storedAs(name), scheduledFor: at }
    const entry = at <= cursor ? await entryOf(context, session, key) : null
    const later = entry ? await runsAfter(context, session, key) : []
    const past = await readPast(session, at, { job: name })
    const era = past.erasOf(name).find(({ after, upTo }) => after < at && at <= upTo)
    const job = { ...past.policiesOf(name), ...(era?.schedule && { schedule: era.schedule }) }
    const gap = era?.schedule === null ? era : null
    const facts = { gap, control, since, cursor, running, keptFrom: keptFrom(), entry, later }
    return explain({ scheduler, job, at, now, ...facts })
  }

  return {
    async preview(name, n, { from, schedule: given } = {}) {
      const { schedule: own } = knownJob(name)
      assertCount(n)
      const start = from === undefined ? -Infinity : toWholeMs(from, 'preview.from') - 1
      const schedule = given && parseScheduleOver(given, { own, path: 'preview.schedule' })
      const now = clock.now()
      const { control, cursor } = await units.run('preview', (session) => readPresent(session, name), {
        readOnly: true,
      })
      const inactive = inactiveSpans(control ?? initialControl(now), name)
      // A new schedule counts from when it takes effect, which would be now.
      const since = schedule ? Math.max(cursor, now) : cursor
      const job = { ...(configuration.policiesOf(name) ?? knownJob(name)), ...(schedule && { schedule }) }
      return preview({ scheduler, job, inactive }, { now, cursor: Math.max(since, start), n })
    },
    async upcoming(n, { jobs: only } = {}) {
      assertCount(n, 'upcoming.n')
      const read = async (session: S) => {
        const control = await store.readControl(session, { scheduler })
        if (control) await follow(session, control)
        return control
      }
      const control = await units.run('preview', read, { readOnly: true })
      const now = clock.now()
      const present = control ?? initialControl(now)
      const ruleOf = (job: JobPolicies) => ({ scheduler, job, inactive: inactiveSpans(present, job.name) })
      const all: readonly JobPolicies[] = [...jobs.values(), ...configuration.elsewhere.values()]
      const wanted = only && new Set(only)
      return upcomingOf({ jobs: wanted ? all.filter(({ name }) => wanted.has(name)) : all, ruleOf, now, n })
    },
    async explain(name, at) {
      await assertKnown(name)
      const instant = toWholeMs(at, 'explain.at')
      return units.run('explain', (session) => explainIn(session, name, instant), { readOnly: true })
    },
  }
}

type Ledger<S extends object> = Pick<SchedulerContext<S>, 'scheduler' | 'store'>

interface DueTime {
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs
}

async function find<S extends object>({ scheduler, store }: Ledger<S>, session: S, id: LedgerEntry['id']) {
  return (await store.listEntries(session, { scheduler, id, limit: 1 })).items[0]
}

/** The entry of a due time: by its id where a run or a range begins with it, else the range that covers it. */
async function entryOf<S extends object>(ledger: Ledger<S>, session: S, key: DueTime): Promise<LedgerEntry | null> {
  const own = await find(ledger, session, occurrenceId(key))
  if (own) return own
  const { scheduler, job, scheduledFor } = key
  const query = { scheduler, job, states: UNRUN_STATES, from: scheduledFor, to: scheduledFor + 1, limit: 1 }
  return (await ledger.store.listEntries(session, query)).items[0] ?? null
}

/** The runs that made up for a due time: reruns in their order, then a backfill. */
async function runsAfter<S extends object>(ledger: Ledger<S>, session: S, key: DueTime): Promise<readonly Run[]> {
  const [, ...runs] = await runsOf({ store: ledger.store, session, ...key })
  const backfill = await find(ledger, session, backfillId(key))
  return backfill?.kind === 'run' ? [...runs, backfill] : runs
}

function assertCount(n: number, path = 'preview.n'): void {
  if (Number.isInteger(n) && n >= 1 && n <= MAX_PREVIEW) return
  refuseOption({ path, value: n, expected: `a whole number from 1 to ${MAX_PREVIEW}` })
}

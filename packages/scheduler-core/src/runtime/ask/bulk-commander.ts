import type { JobMatch } from '../../api/bulk.ts'
import type { EpochMs } from '../../clock.ts'
import { applyToControl, type CommandActor, type ControlState, type SchedulerCommand } from '../../control/control.ts'
import type { RunId } from '../../ids.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { JobLedger, LockedJobs } from '../../ports/locked-jobs.ts'
import type { JobFilter } from '../../reading/job-filter.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { manualRun } from '../run/owned-run.ts'
import { withReserved } from '../run/with-reserved.ts'
import { createAccountant } from './account-for-due-times.ts'
import { assertNotStopped, type Commanded, commanded } from './commanded.ts'
import { assertAhead, isSoAlready } from './control-commander.ts'
import { assertMatch } from './job-match.ts'
import { type Answered, createOnce, type Terms } from './once.ts'

/** A command to several jobs. */
export interface BulkRequest {
  readonly verb: 'pause-jobs' | 'resume-jobs' | 'run-jobs'
  readonly filter: JobFilter
  /** The jobs that the filter meets. */
  readonly found: JobMatch
  readonly until: EpochMs | null
  readonly actor: CommandActor
  readonly terms: Terms & { readonly expectedMatch?: string }
}

export interface BulkCommanded extends Commanded, JobMatch {
  /** Those that it changed or ran. */
  readonly jobs: readonly string[]
  readonly runs: readonly { readonly job: string; readonly runId: RunId }[]
  readonly left: readonly LeftJob[]
}

/** A job that the command met, and did nothing about. */
export interface LeftJob {
  readonly job: string
  /** It is so already; a run of it is under way; its runs need an input. */
  readonly why: 'already' | 'running' | 'needs_input'
}

/**
 * Carries out one command for several jobs in one unit of work: all of it or nothing. The control log gets an entry for
 * each job, so that it is found under that job.
 */
export interface BulkCommander {
  bulk(request: BulkRequest): Promise<Answered<BulkCommanded> & { readonly claims: readonly ClaimedRun[] }>
}

export function createBulkCommander<S extends object>(context: InstanceContext<S>): BulkCommander {
  const { scheduler, jobs, store, units, clock, follow, reports } = context
  const once = createOnce<S>(context)
  const accountForDueTimes = createAccountant<S>(context)

  async function applyAll(session: S, commands: readonly SchedulerCommand[], from: ControlState, now: EpochMs) {
    return commands.length === 0 ? from : store.applyCommand(session, { scheduler, command: commands, now })
  }

  async function setAll(session: S, { request, unrun }: UnderWay, { control }: LockedJobs) {
    const { verb, found, until, actor } = request
    const now = clock.now()
    await follow(session, control)
    const all = found.jobs.map((job) =>
      verb === 'pause-jobs'
        ? ({ kind: 'pause-job', job, until, ...actor } as const)
        : ({ kind: 'resume-job', job, ...actor } as const),
    )
    for (const command of all) assertAhead(command, now)
    const commands = all.filter((command) => !isSoAlready(control, command, now))
    const next = commands.reduce((before, command) => applyToControl(before, command, now), control)
    if (commands.length > 0) unrun.push(...(await accountForDueTimes(session, { control, next, now })))
    const left = all.filter((one) => !commands.includes(one)).map(({ job }) => ({ job, why: 'already' }) as const)
    const result = commanded(await applyAll(session, commands, control, now), now, { changed: commands.length > 0 })
    return { ...result, match: found.match, jobs: commands.map(({ job }) => job), runs: [], left }
  }

  /** Why a job does not run now; `null` when it does. */
  function whyLeft({ job, running }: JobLedger): LeftJob['why'] | null {
    const policies = jobs.get(job)
    if (policies?.takes?.isRequired) return 'needs_input'
    return running.length > 0 && policies?.overlapPolicy !== 'allow' ? 'running' : null
  }

  async function runAll(session: S, { request: { found, actor }, reserve }: UnderWay, locked: LockedJobs) {
    const now = clock.now()
    await follow(session, locked.control)
    assertNotStopped(scheduler, locked.control, now)
    const judged = locked.jobs.map((ledger) => ({ job: ledger.job, why: whyLeft(ledger) }))
    const left = judged.flatMap(({ job, why }) => (why === null ? [] : [{ job, why }]))
    const wanted = judged.flatMap(({ job, why }) => (why === null ? [manualRun(job, context, now)] : []))
    for (const { id } of wanted) reserve(id)
    const changes = wanted.map((run) => ({ job: run.job, cursor: null, unrun: [], claims: [run], cancel: [] }))
    const claims = await store.record(session, { scheduler, changes })
    const runs = claims.map(({ job, id: runId }) => ({ job, runId }))
    const commands = runs.map((run) => ({ kind: 'run-job', ...run, ...actor }) as const)
    const result = commanded(await applyAll(session, commands, locked.control, now), now, { changed: runs.length > 0 })
    return { claims, answer: { ...result, match: found.match, jobs: runs.map(({ job }) => job), runs, left } }
  }

  return {
    async bulk(request) {
      const { verb, filter, found, until, actor, terms } = request
      const asked = { kind: verb, filter, until, why: actor.why }
      const locking = { jobs: verb === 'run-jobs' ? found.jobs : [], by: actor.by, asked, terms, about: null }
      const unrun: NewUnrunRange[] = []
      let claims: readonly ClaimedRun[] = []
      const answered = await withReserved(context, (reserve) =>
        units.run(
          `command:${verb}`,
          (session) =>
            once<BulkCommanded>(session, locking, async (locked) => {
              // A repeat gets the first answer, although the filter may meet others by then.
              assertMatch(found, terms.expectedMatch)
              const underWay = { request, unrun, reserve }
              if (verb !== 'run-jobs') return setAll(session, underWay, locked)
              const ran = await runAll(session, underWay, locked)
              claims = ran.claims
              return ran.answer
            }),
          { mayBeRefused: true },
        ),
      )
      reports.unrun(unrun)
      return { ...answered, claims }
    },
  }
}

interface UnderWay {
  readonly request: BulkRequest
  /** Takes the due times that the command leaves without a run. */
  readonly unrun: NewUnrunRange[]
  readonly reserve: (id: RunId) => void
}

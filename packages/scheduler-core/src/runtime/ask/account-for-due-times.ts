import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import type { JobPolicies } from '../../job/job.ts'
import { coveredUntil } from '../../plan/covered-until.ts'
import { inactiveSpans } from '../../plan/inactive.ts'
import { planTick, withoutRun } from '../../plan/plan-tick.ts'
import type { JobChange } from '../../ports/job-changes.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import { isRescheduled, reschedule } from '../due/reschedule.ts'
import { toJobChange } from '../due/to-job-change.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { assertFree, COMMAND_WAIT_MS } from './assert-free.ts'

/** The control state before a command, and after it. */
export interface Accounting {
  readonly control: ControlState
  /** The control state that the command will leave. */
  readonly next: ControlState
  readonly now: EpochMs
}

/**
 * Accounts for the due times up to now by the old control state, before a command changes it. Answers those that will
 * not run. Also for the jobs that only other instances have: they could not tell afterwards what had been in effect.
 */
export function createAccountant<S extends object>(
  context: InstanceContext<S>,
): (session: S, accounting: Accounting) => Promise<readonly NewUnrunRange[]> {
  const { scheduler, configuration, jobs, outdated, store } = context

  function isAccountedFor(job: JobPolicies, { control, next }: Accounting): boolean {
    return inactiveSpans(control, job.name).length > 0 || isChanged(job, next)
  }

  function changeOf(known: JobLedger, { control, next, now }: Accounting): JobChange | null {
    const job = configuration.policiesOf(known.job)
    if (!job) return null
    const mayClaim = jobs.has(job.name) && !outdated.has(job)
    if (isChanged(job, next)) return reschedule(context, { job, ledger: known, control, now, mayClaim })
    const inactive = inactiveSpans(control, job.name)
    if (inactive.length === 0) return null
    const cursor = coveredUntil(job.schedule, known)
    const ledger = { ...known, cursor }
    const runningSince = ledger.running.map((run) => run.startedAt)
    const plan = planTick({ scheduler, job, now, cursor, runningSince, inactive, held: null })
    return toJobChange({
      scheduler,
      schedule: job.schedule,
      ledger,
      plan: withoutRun(plan, cursor),
      claim: null,
      cancel: [],
      now,
    })
  }

  function isChanged(job: JobPolicies, next: ControlState): boolean {
    const after = configuration.jobUnder(next, job.name)
    return after !== undefined && isRescheduled(job, after)
  }

  return async (session, accounting) => {
    // Locks only the jobs that need it: a locked row of one job must not keep operators from pausing the others.
    const names = [...jobs.values(), ...configuration.elsewhere.values()]
      .filter((job) => isAccountedFor(job, accounting))
      .map(({ name }) => name)
    if (names.length === 0) return []
    const waiting = { forCommand: true, waitMs: COMMAND_WAIT_MS }
    const locked = await store.lockJobs(session, { scheduler, jobs: names, ...waiting })
    assertFree(locked)
    const underLock = { ...accounting, control: locked.control }
    const changes = locked.jobs.flatMap((ledger) => changeOf(ledger, underLock) ?? [])
    if (changes.length > 0) await store.record(session, { scheduler, changes })
    return changes.flatMap(({ unrun }) => unrun)
  }
}

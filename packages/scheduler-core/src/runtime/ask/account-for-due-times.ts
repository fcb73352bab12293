import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import type { JobPolicies } from '../../job/job.ts'
import { inactiveSpans } from '../../plan/inactive.ts'
import { planReschedule } from '../../plan/plan-reschedule.ts'
import { planTick, withoutRun } from '../../plan/plan-tick.ts'
import type { JobChange, JobLedger } from '../../ports/store.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import { toJobChange } from '../due/to-job-change.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { scheduledRun } from '../run/owned-run.ts'
import { assertFree, COMMAND_WAIT_MS } from './assert-free.ts'

/** The control state before a command, and after it. */
export interface Accounting {
  readonly control: ControlState
  /** The control state that the command will leave. */
  readonly next: ControlState
  readonly now: EpochMs
}

/** Accounts for the due times up to now by the old control state, before a command changes it. */
export function createAccountant<S extends object>(
  context: InstanceContext<S>,
): (session: S, accounting: Accounting) => Promise<void> {
  const { scheduler, configuration, jobs, store } = context

  function isAccountedFor(job: JobPolicies, { control, next }: Accounting): boolean {
    return inactiveSpans(control, job.name).length > 0 || isRescheduled(job, configuration.jobUnder(next, job.name))
  }

  function changeOf(ledger: JobLedger, { control, next, now }: Accounting): JobChange | null {
    const job = jobs.get(ledger.job)
    if (!job) return null
    const { cursor } = ledger
    const inactive = inactiveSpans(control, job.name)
    const runningSince = ledger.running.map((run) => run.startedAt)
    const standing = { scheduler, job, now, cursor, runningSince, inactive, held: null }
    const change = { scheduler, ledger, cancel: [], now }
    if (isRescheduled(job, configuration.jobUnder(next, job.name))) {
      // The old schedule's due times are settled for good, and those of the new one count from now.
      const plan = planReschedule(standing)
      return toJobChange({ ...change, plan, claim: plan.run === null ? null : dueRun(job.name, plan.run, now) })
    }
    if (inactive.length === 0) return null
    return toJobChange({ ...change, plan: withoutRun(planTick(standing), cursor), claim: null })
  }

  /** The next tick of this instance finds the run claimed but not under way, and starts it. */
  function dueRun(job: string, scheduledFor: EpochMs, now: EpochMs): NewRun {
    const latenessMs = Math.max(0, now - scheduledFor)
    return scheduledRun({ scheduler, job, scheduledFor, latenessMs }, context, now)
  }

  return async (session, accounting) => {
    // Locks only the jobs that need it: a locked row of one job must not keep operators from pausing the others.
    const names = [...jobs.values()].filter((job) => isAccountedFor(job, accounting)).map(({ name }) => name)
    if (names.length === 0) return
    const waiting = { forCommand: true, waitMs: COMMAND_WAIT_MS }
    const locked = await store.lockJobs(session, { scheduler, jobs: names, ...waiting })
    assertFree(locked)
    const underLock = { ...accounting, control: locked.control }
    const changes = locked.jobs.flatMap((ledger) => changeOf(ledger, underLock) ?? [])
    if (changes.length > 0) await store.record(session, { scheduler, changes })
  }
}

function isRescheduled(job: JobPolicies, next: JobPolicies | undefined): boolean {
  return next !== undefined && JSON.stringify(job.schedule) !== JSON.stringify(next.schedule)
}

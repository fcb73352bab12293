import type { Clock, EpochMs } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import { type InstanceId, occurrenceId, type RunId } from '../ids.ts'
import type { JobPolicies } from '../job/job.ts'
import { effectiveDesired, inactiveSpans, pauseOf } from '../plan/inactive.ts'
import { planReschedule } from '../plan/plan-reschedule.ts'
import { planTick, withoutRun } from '../plan/plan-tick.ts'
import { configChanges } from '../ports/config-changes.ts'
import { type Actor, applyToControl, type Command, type ControlState } from '../ports/control.ts'
import { pauseIn } from '../ports/pauses.ts'
import type { ClaimedRun, JobChange, JobLedger, LockedJobs, Store } from '../ports/store.ts'
import type { NewRun } from '../run/ledger-entry.ts'
import type { Configuration } from './configuration.ts'
import { ownedRun } from './owned-run.ts'
import { toJobChange } from './to-job-change.ts'
import type { Units } from './units.ts'

/** Carries out operators' commands in the store: each with its log entry, in one unit of work. */
export interface Commander {
  /** Changes the control state, unless it is so already. */
  control(
    command: ControlCommand,
    expectedVersion?: number,
  ): Promise<{ readonly control: ControlState; readonly changed: boolean }>
  /** Claims a run beside the job's schedule. */
  runJob(input: {
    readonly job: string
    readonly actor: Actor
    readonly id: RunId
    readonly expectedVersion?: number
  }): Promise<Claimed>
  /** Asks the run's owner, whoever it is, to abort it. */
  cancelRun(input: {
    readonly runId: RunId
    readonly actor: Actor
    readonly expectedVersion?: number
  }): Promise<ControlState>
}

export type ControlCommand = Exclude<Command, { readonly runId: RunId } | { readonly kind: 'backfill' }>

export interface Claimed {
  readonly control: ControlState
  readonly claims: readonly ClaimedRun[]
}

interface Accounting extends LockedJobs {
  /** What is about to be wanted. */
  readonly next: ControlState
  readonly now: EpochMs
}

interface Standing {
  readonly ledger: JobLedger
  readonly control: ControlState
  readonly now: EpochMs
}

export interface CommanderOptions<S> {
  readonly scheduler: string
  readonly instance: InstanceId
  readonly leaseMs: number
  readonly configuration: Pick<Configuration<S>, 'jobs' | 'adopt' | 'jobUnder'>
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
}

export function createCommander<S>(options: CommanderOptions<S>): Commander {
  const { scheduler, configuration, store, units, clock } = options
  const { jobs } = configuration

  /** Due times up to now are accounted for by what was wanted until now, before that is forgotten. */
  async function account(session: S, { control, jobs: ledgers, next, now }: Accounting): Promise<void> {
    const changes = ledgers.flatMap((ledger) => {
      const job = jobs.get(ledger.job)
      if (job && isRescheduled(job, configuration.jobUnder(next, job.name)))
        return reschedule(job, { ledger, control, now })
      const inactive = inactiveSpans(control, ledger.job)
      if (!job || inactive.length === 0) return []
      const { cursor } = ledger
      const runningSince = ledger.running.map((run) => run.startedAt)
      const plan = withoutRun(planTick({ scheduler, job, now, cursor, runningSince, inactive, held: null }), cursor)
      return toJobChange({ scheduler, ledger, plan, claim: null, cancel: [], now }) ?? []
    })
    if (changes.length > 0) await store.record(session, { scheduler, changes })
  }

  /** The old schedule's due times are settled for good, and those of the new one count from now. */
  function reschedule(job: JobPolicies, { ledger, control, now }: Standing): JobChange | [] {
    const runningSince = ledger.running.map((run) => run.startedAt)
    const { cursor } = ledger
    const inactive = inactiveSpans(control, job.name)
    const plan = planReschedule({ scheduler, job, now, cursor, runningSince, inactive, held: null })
    const claim = plan.run === null ? null : dueRun(job.name, plan.run)
    return toJobChange({ scheduler, ledger, plan, claim, cancel: [], now }) ?? []
  }

  /** Our next tick finds it claimed by us and not under way, and starts it. */
  function dueRun(job: string, scheduledFor: EpochMs): NewRun {
    const now = clock.now()
    const id = occurrenceId({ scheduler, job, scheduledFor })
    const latenessMs = Math.max(0, now - scheduledFor)
    return ownedRun({ id, job, trigger: 'schedule', scheduledFor, attempt: 1, latenessMs }, options, now)
  }

  function manualRun(job: string, id: RunId): NewRun {
    return ownedRun(
      { id, job, trigger: 'manual', scheduledFor: null, attempt: 1, latenessMs: null },
      options,
      clock.now(),
    )
  }

  return {
    control(command, expectedVersion) {
      return units.run(`command:${command.kind}`, async (session) => {
        const locked = await store.lockJobs(session, { scheduler, jobs: [...jobs.keys()], forCommand: true })
        const now = clock.now()
        assertVersion(locked.control, expectedVersion)
        configuration.adopt(locked.control)
        if (isSoAlready(locked.control, command, now)) return { control: locked.control, changed: false }
        await account(session, { ...locked, next: applyToControl(locked.control, command, now), now })
        return { control: await store.applyCommand(session, { scheduler, command, now }), changed: true }
      })
    },

    runJob({ job, actor, id, expectedVersion }) {
      return units.run('command:run-job', async (session) => {
        const locked = await store.lockJobs(session, { scheduler, jobs: [job], forCommand: true })
        assertVersion(locked.control, expectedVersion)
        configuration.adopt(locked.control)
        const ledger = locked.jobs[0]
        const policies = jobs.get(job)
        if (!ledger || !policies) throw new SchedulerError('JOB_NOT_FOUND', { job })
        if (effectiveDesired(locked.control, clock.now()) === 'stopped') {
          throw new SchedulerError('SCHEDULER_NOT_RUNNING', { scheduler, state: 'stopped' })
        }
        const [running] = ledger.running
        if (running && policies.overlapPolicy !== 'allow') {
          throw new SchedulerError('JOB_ALREADY_RUNNING', { job, runId: running.id })
        }
        const change = { job, cursor: ledger.cursor, unrun: [], claims: [manualRun(job, id)], cancel: [] }
        const claims = await store.record(session, { scheduler, changes: [change] })
        const command: Command = { kind: 'run-job', job, runId: id, ...actor }
        return { control: await store.applyCommand(session, { scheduler, command, now: clock.now() }), claims }
      })
    },

    cancelRun({ runId, actor, expectedVersion }) {
      return units.run('command:cancel-run', async (session) => {
        const { items } = await store.listEntries(session, { scheduler, id: runId, limit: 1 })
        const entry = items[0]
        if (!entry) throw new SchedulerError('RUN_NOT_FOUND', { runId })
        const input = { scheduler, jobs: [entry.job], forCommand: true }
        const { control, jobs: ledgers } = await store.lockJobs(session, input)
        assertVersion(control, expectedVersion)
        const ledger = ledgers[0]
        if (!ledger?.running.some((run) => run.id === runId)) throw new SchedulerError('RUN_NOT_RUNNING', { runId })
        const change = { job: entry.job, cursor: ledger.cursor, unrun: [], claims: [], cancel: [runId] }
        await store.record(session, { scheduler, changes: [change] })
        const command: Command = { kind: 'cancel-run', job: entry.job, runId, ...actor }
        return store.applyCommand(session, { scheduler, command, now: clock.now() })
      })
    },
  }
}

function assertVersion(control: ControlState, expected: number | undefined): void {
  if (expected !== undefined && expected !== control.version) {
    throw new SchedulerError('CONTROL_CONFLICT', { expected, actual: control.version })
  }
}

function isSoAlready(control: ControlState, command: ControlCommand, now: number): boolean {
  switch (command.kind) {
    case 'start':
    case 'resume':
      return control.desired === 'running'
    case 'stop':
      return control.desired === 'stopped'
    case 'pause':
      return effectiveDesired(control, now) === 'paused' && control.pausedUntil === command.until
    case 'pause-job':
      return pauseOf(control, command.job, now)?.until === command.until
    case 'resume-job':
      return pauseIn(control, command.job) === undefined
    case 'configure':
    case 'configure-job':
      return configChanges(command, control, applyToControl(control, command, now)).length === 0
  }
}

function isRescheduled(job: JobPolicies, next: JobPolicies | undefined): boolean {
  return next !== undefined && JSON.stringify(job.schedule) !== JSON.stringify(next.schedule)
}

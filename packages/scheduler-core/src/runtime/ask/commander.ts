import type { Clock, EpochMs } from '../../clock.ts'
import { configChanges } from '../../control/config-changes.ts'
import { applyToControl, type CommandActor, type ControlState, type SchedulerCommand } from '../../control/control.ts'
import { pauseIn } from '../../control/pauses.ts'
import { SchedulerError } from '../../errors.ts'
import type { InstanceId, RunId } from '../../ids.ts'
import type { JobPolicies } from '../../job/job.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { effectiveDesired, inactiveSpans, pauseOf } from '../../plan/inactive.ts'
import { planReschedule } from '../../plan/plan-reschedule.ts'
import { planTick, withoutRun } from '../../plan/plan-tick.ts'
import type { ClaimedRun, JobChange, JobLedger, LockedJobs, Store } from '../../ports/store.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import type { Units } from '../../session/units.ts'
import type { Configuration } from '../../state/configuration.ts'
import { toJobChange } from '../due/to-job-change.ts'
import { ownedRun, scheduledRun } from '../run/owned-run.ts'
import { assertFree, COMMAND_WAIT_MS } from './assert-free.ts'
import { assertNotStopped, type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'

/** Carries out operators' commands in the store: each with its log entry, in one unit of work, and once for its key. */
export interface Commander {
  /** Changes the control state, unless it is so already. */
  control(command: ControlCommand, terms: Terms): Promise<Answered<Commanded>>
  /** Claims a run beside the job's schedule. */
  runJob(input: {
    readonly job: string
    readonly actor: CommandActor
    readonly id: RunId
    readonly terms: Terms
  }): Promise<Answered<RunCommanded> & Claimed>
  /** Asks the run's owner, whoever it is, to abort it, unless that was done. */
  cancelRun(input: {
    readonly runId: RunId
    readonly actor: CommandActor
    readonly terms: Terms
  }): Promise<Answered<Commanded>>
}

export interface RunCommanded extends Commanded {
  readonly runId: RunId
}

export type ControlCommand = Exclude<SchedulerCommand, { readonly runId: RunId } | { readonly kind: 'backfill' }>

export interface Claimed {
  readonly claims: readonly ClaimedRun[]
}

interface Accounting extends LockedJobs {
  /** What is about to be wanted. */
  readonly next: ControlState
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
  const once = createOnce(options)

  /** Due times up to now are accounted for by what was wanted until now, before that is forgotten. */
  async function account(
    session: S,
    { control, next, now }: Pick<Accounting, 'control' | 'next' | 'now'>,
  ): Promise<void> {
    // No more jobs than needed: one whose row somebody holds must not keep operators from pausing the others.
    const names = [...jobs.values()].filter((job) => isAccountedFor(job, { control, next })).map(({ name }) => name)
    if (names.length === 0) return
    const waiting = { forCommand: true, waitMs: COMMAND_WAIT_MS }
    const locked = await store.lockJobs(session, { scheduler, jobs: names, ...waiting })
    assertFree(locked)
    const accounting = { ...locked, next, now }
    const changes = accounting.jobs.flatMap((ledger) => changeOf(ledger, accounting) ?? [])
    if (changes.length > 0) await store.record(session, { scheduler, changes })
  }

  function isAccountedFor(job: JobPolicies, { control, next }: Pick<Accounting, 'control' | 'next'>): boolean {
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

  /** Our next tick finds it claimed by us and not under way, and starts it. */
  function dueRun(job: string, scheduledFor: EpochMs, now: EpochMs): NewRun {
    const latenessMs = Math.max(0, now - scheduledFor)
    return scheduledRun({ scheduler, job, scheduledFor, latenessMs }, options, now)
  }

  function manualRun(job: string, id: RunId, now: EpochMs): NewRun {
    return ownedRun({ id, job, trigger: 'manual', scheduledFor: null, attempt: 1, latenessMs: null }, options, now)
  }

  return {
    control(command, terms) {
      const request = { jobs: [], by: command.by, asked: command, terms }
      return units.run(
        `command:${command.kind}`,
        (session) =>
          once(session, request, async (locked) => {
            const now = clock.now()
            assertAhead(command, now)
            configuration.adopt(locked.control)
            if (isSoAlready(locked.control, command, now)) return commanded(locked.control, now, { changed: false })
            await account(session, { control: locked.control, next: applyToControl(locked.control, command, now), now })
            return commanded(await store.applyCommand(session, { scheduler, command, now }), now)
          }),
        FROM_OUTSIDE,
      )
    },

    async runJob({ job, actor, id, terms }) {
      const asked = { kind: 'run-job', job, why: actor.why }
      let claims: readonly ClaimedRun[] = []
      const answered = await units.run(
        'command:run-job',
        (session) =>
          once(session, { jobs: [job], by: actor.by, asked, terms }, async ({ control, jobs: [ledger] }) => {
            const now = clock.now()
            configuration.adopt(control)
            const policies = jobs.get(job)
            if (!ledger || !policies) throw new SchedulerError('JOB_NOT_FOUND', { job })
            assertNotStopped(scheduler, control, now)
            const [running] = ledger.running
            if (running && policies.overlapPolicy !== 'allow') {
              throw new SchedulerError('JOB_ALREADY_RUNNING', { job, runId: running.id })
            }
            const change = { job, cursor: null, unrun: [], claims: [manualRun(job, id, now)], cancel: [] }
            claims = await store.record(session, { scheduler, changes: [change] })
            const command: SchedulerCommand = { kind: 'run-job', job, runId: id, ...actor }
            return { runId: id, ...commanded(await store.applyCommand(session, { scheduler, command, now }), now) }
          }),
        FROM_OUTSIDE,
      )
      return { ...answered, claims }
    },

    cancelRun({ runId, actor, terms }) {
      const asked = { kind: 'cancel-run', runId, why: actor.why }
      return units.run(
        'command:cancel-run',
        async (session) => {
          const [entry] = (await store.listEntries(session, { scheduler, id: runId, limit: 1 })).items
          const request = { jobs: entry ? [entry.job] : [], by: actor.by, asked, terms }
          return once(session, request, async ({ control, jobs: [ledger] }) => {
            const now = clock.now()
            if (!entry) throw new SchedulerError('RUN_NOT_FOUND', { runId })
            if (!ledger?.running.some((run) => run.id === runId)) throw new SchedulerError('RUN_NOT_RUNNING', { runId })
            if (entry.kind === 'run' && entry.cancelRequested) return commanded(control, now, { changed: false })
            const change = { job: entry.job, cursor: null, unrun: [], claims: [], cancel: [runId] }
            await store.record(session, { scheduler, changes: [change] })
            const command: SchedulerCommand = { kind: 'cancel-run', job: entry.job, runId, ...actor }
            return commanded(await store.applyCommand(session, { scheduler, command, now }), now)
          })
        },
        FROM_OUTSIDE,
      )
    },
  }
}

/** Its words are an operator's. */
const FROM_OUTSIDE = { mayBeRefused: true }

/** Looked at only when it is carried out: a repeat may come when the pause is over. */
function assertAhead(command: ControlCommand, now: EpochMs): void {
  if (!('until' in command) || command.until === null || command.until > now) return
  const expected = 'an instant in the future, in milliseconds since the epoch'
  refuseOption({ path: 'until', value: command.until, expected })
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

import type { EpochMs } from '../../clock.ts'
import { configChanges } from '../../control/config-changes.ts'
import {
  applyToControl,
  type ControlState,
  type SchedulerCommand,
  subjectOf,
  type TemplateVerb,
} from '../../control/control.ts'
import { pauseIn } from '../../control/pauses.ts'
import { SchedulerError } from '../../errors.ts'
import type { RunId } from '../../ids.ts'
import { assertRetriesFit } from '../../job/retries-fit.ts'
import { describeValue } from '../../options/describe-value.ts'
import { effectiveDesired, pauseOf } from '../../plan/inactive.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { createAccountant } from './account-for-due-times.ts'
import { assertNotStopped, type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'
import { refusePassed } from './refuse-passed.ts'

/** The commands that change the control state. */
export type ControlCommand = Exclude<
  SchedulerCommand,
  { readonly runId: RunId } | { readonly kind: 'backfill' | 'cancel-backfill' | 'forget-job' | TemplateVerb }
>

/**
 * Changes the control state and writes the log entry in one unit of work, once for each idempotency key. Does nothing
 * when the state is so already.
 */
export type ControlCommander = (command: ControlCommand, terms: Terms) => Promise<Answered<Commanded>>

export function createControlCommander<S extends object>(context: InstanceContext<S>): ControlCommander {
  const { scheduler, configuration, store, units, clock, follow, reports } = context
  const once = createOnce<S>(context)
  const accountForDueTimes = createAccountant<S>(context)

  async function carryOut(session: S, { command, unrun }: UnderWay, { control }: LockedJobs): Promise<Commanded> {
    const now = clock.now()
    assertAhead(command, now)
    // `resume` ends a pause. A stopped scheduler needs `start`.
    if (command.kind === 'resume') assertNotStopped(scheduler, control, now)
    await follow(session, control)
    if (isSoAlready(control, command, now)) return commanded(control, now, { changed: false })
    if (command.kind === 'configure-job') {
      assertStillFits(command, control, now)
      refusePassed({ schedule: command.patch.schedule, path: 'job', now })
    }
    unrun.push(...(await accountForDueTimes(session, { control, next: applyToControl(control, command, now), now })))
    return commanded(await store.applyCommand(session, { scheduler, command, now }), now)
  }

  /** What is set must also fit what is not set anew. */
  function assertStillFits(command: ControlCommand & { kind: 'configure-job' }, control: ControlState, now: EpochMs) {
    const job = configuration.jobUnder(applyToControl(control, command, now), command.job)
    const { runTimeoutMs, retry } = command.patch
    const named = runTimeoutMs === undefined && retry !== undefined
    if (job)
      assertRetriesFit(
        job,
        named ? { path: 'job.retry', value: retry } : { path: 'job.runTimeoutMs', value: job.runTimeoutMs },
      )
  }

  return async (command, terms) => {
    const request = { jobs: [], by: command.by, asked: command, terms, about: subjectOf(command) }
    const unrun: NewUnrunRange[] = []
    const answered = await units.run(
      `command:${command.kind}`,
      (session) => once(session, request, (locked) => carryOut(session, { command, unrun }, locked)),
      { mayBeRefused: true },
    )
    reports.unrun(unrun)
    return answered
  }
}

interface UnderWay {
  readonly command: ControlCommand
  /** Takes the due times that the command leaves without a run. */
  readonly unrun: NewUnrunRange[]
}

/** Checked only when the command is carried out: a repeat may come after the pause has ended. */
export function assertAhead(command: ControlCommand, now: EpochMs): void {
  if (!('until' in command) || command.until === null || command.until > now) return
  throw new SchedulerError('INVALID_OPTIONS', {
    path: 'until',
    received: describeValue(command.until),
    expected: 'an instant in the future, in milliseconds since the epoch',
  })
}

/** Whether the command would change nothing. */
export function isSoAlready(control: ControlState, command: ControlCommand, now: number): boolean {
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

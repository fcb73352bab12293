import type { EpochMs } from '../../clock.ts'
import type { ControlState, DesiredState } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { effectiveDesired } from '../../plan/inactive.ts'

/** What a command produced. */
export interface Commanded {
  readonly state: DesiredState
  readonly changed: boolean
  readonly control: ControlState
}

/** The answer to a command that left this control state (default: the command has changed something). */
export function commanded(control: ControlState, now: EpochMs, { changed } = { changed: true }): Commanded {
  return { state: effectiveDesired(control, now), changed, control }
}

/** A stopped scheduler takes no runs by command and has no pause to end. Throws `SCHEDULER_NOT_RUNNING`. */
export function assertNotStopped(scheduler: string, control: ControlState, now: EpochMs): void {
  if (effectiveDesired(control, now) !== 'stopped') return
  throw new SchedulerError('SCHEDULER_NOT_RUNNING', { scheduler, state: 'stopped' })
}

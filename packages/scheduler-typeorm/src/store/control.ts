import { type ControlState, SchedulerError } from '@pm/scheduler-core'
import { type ApplyCommandInput, applyToControl, configChanges, DESIRED_STATES } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, integerOrNull, json, type Row, text, textOrNull, word } from '../query.ts'
import { insertLogEntry } from '../sql/insert-log-entry.ts'
import type { Names } from '../sql/names.ts'
import { selectControl } from '../sql/select-control.ts'
import { updateControl } from '../sql/update-control.ts'
import { statement } from './statement.ts'

export function createReadControl(names: Names) {
  const select = statement('readControl', selectControl(names, 'none'))
  return async (
    session: EntityManager,
    { scheduler }: { readonly scheduler: string },
  ): Promise<ControlState | null> => {
    const [row] = await select(session, scheduler)
    return row ? toControl(row) : null
  }
}

export function createApplyCommand(names: Names) {
  const lock = statement('applyCommand', selectControl(names, 'update'))
  const update = statement('applyCommand', updateControl(names))
  const log = statement('applyCommand', insertLogEntry(names))

  return async (session: EntityManager, input: ApplyCommandInput): Promise<ControlState> => {
    const { scheduler, command, now } = input
    const control = toControl(registered(scheduler, (await lock(session, scheduler))[0]))
    const next = applyToControl(control, command, now)
    const { version, desired, at, by, why, pausedUntil } = next
    const [pausedJobs, config] = [JSON.stringify(next.pausedJobs), JSON.stringify(next.config)]
    await update(session, scheduler, version, desired, at, by, why, pausedUntil, pausedJobs, config)
    const job = 'job' in command ? command.job : null
    const run = 'runId' in command ? command.runId : null
    const until = 'until' in command ? command.until : null
    const changes = JSON.stringify(configChanges(command, control, next))
    await log(session, scheduler, now, command.kind, command.by, command.why, job, run, until, version, changes)
    return next
  }
}

export function toControl(row: Row): ControlState {
  return {
    version: integer(row, 'version'),
    desired: word(row, 'desired', DESIRED_STATES),
    at: integer(row, 'at'),
    by: text(row, 'by'),
    why: textOrNull(row, 'why'),
    pausedUntil: integerOrNull(row, 'paused_until'),
    pausedJobs: json(row, 'paused_jobs') as ControlState['pausedJobs'],
    config: json(row, 'config') as ControlState['config'],
  }
}

/** The row of a scheduler. Throws `SCHEDULER_NOT_OPEN` when `register` has not created it. */
export function registered(scheduler: string, row: Row | undefined): Row {
  if (row === undefined) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler })
  return row
}

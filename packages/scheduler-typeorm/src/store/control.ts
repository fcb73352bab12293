import { type ControlState, SchedulerError } from '@pm/scheduler-core'
import {
  type ApplyCommandInput,
  applyToControl,
  configChanges,
  DESIRED_STATES,
  type SchedulerCommand,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, integerOrNull, json, type Row, text, textOrNull, word } from '../query.ts'
import { insertLogEntries, LOG_SHAPE } from '../sql/insert-log-entries.ts'
import type { Names } from '../sql/names.ts'
import { type RowOf, toColumns } from '../sql/rowset.ts'
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
  const log = statement('applyCommand', insertLogEntries(names))

  return async (session: EntityManager, input: ApplyCommandInput): Promise<ControlState> => {
    const { scheduler, command, now } = input
    const entries: LogRow[] = []
    let control = toControl(registered(scheduler, (await lock(session, scheduler))[0]))
    for (const one of [command].flat()) {
      const next = applyToControl(control, one, now)
      entries.push(toLogRow(one, control, next))
      control = next
    }
    const { version, desired, at, by, why, pausedUntil } = control
    const [pausedJobs, config] = [JSON.stringify(control.pausedJobs), JSON.stringify(control.config)]
    await update(session, scheduler, version, desired, at, by, why, pausedUntil, pausedJobs, config)
    await log(session, scheduler, now, ...toColumns(LOG_SHAPE, entries))
    return control
  }
}

type LogRow = RowOf<typeof LOG_SHAPE>

function toLogRow(command: SchedulerCommand, before: ControlState, after: ControlState): LogRow {
  return {
    kind: command.kind,
    by: command.by,
    why: command.why,
    job: 'job' in command ? command.job : null,
    run_id: 'runId' in command ? command.runId : null,
    until: 'until' in command ? command.until : null,
    version: after.version,
    changes: JSON.stringify(configChanges(command, before, after)),
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
    definitions: integer(row, 'definitions'),
  }
}

/** The row of a scheduler. Throws `SCHEDULER_NOT_OPEN` when `register` has not created it. */
export function registered(scheduler: string, row: Row | undefined): Row {
  if (row === undefined) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler })
  return row
}

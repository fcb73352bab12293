import { configChanges } from '../control/config-changes.ts'
import { applyToControl, type ControlState, type LogEntry, type SchedulerCommand } from '../control/control.ts'
import type { ApplyCommandInput } from '../ports/store.ts'
import type { MemoryDatabase } from './state/memory-database.ts'

export function applyCommand(database: MemoryDatabase, { command, ...input }: ApplyCommandInput): ControlState {
  let { control } = database.scheduler(input.scheduler)
  for (const one of [command].flat()) control = applyOne(database, { ...input, command: one })
  return control
}

interface OneCommand extends ApplyCommandInput {
  readonly command: SchedulerCommand
}

function applyOne(database: MemoryDatabase, { scheduler, command, now }: OneCommand): ControlState {
  const data = database.scheduler(scheduler)
  const before = data.control
  const after = applyToControl(before, command, now)
  const entry = toLogEntry({ command, at: now, before, after })
  database.undoLog.apply({
    redo() {
      data.control = after
      data.log.push(entry)
    },
    undo() {
      data.log.pop()
      data.control = before
    },
  })
  return after
}

interface Applied {
  readonly command: SchedulerCommand
  readonly at: number
  readonly before: ControlState
  readonly after: ControlState
}

function toLogEntry({ command, at, before, after }: Applied): LogEntry {
  const { version } = after
  return {
    id: String(version),
    at,
    kind: command.kind,
    by: command.by,
    why: command.why,
    job: 'job' in command ? command.job : null,
    runId: 'runId' in command ? command.runId : null,
    until: 'until' in command ? command.until : null,
    changes: configChanges(command, before, after),
    version,
  }
}

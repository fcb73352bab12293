import { SchedulerError } from '../errors.ts'
import { applyToControl, type Command, type ControlState, type LogEntry } from '../ports/control.ts'
import type { ApplyCommandInput } from '../ports/store.ts'
import type { Library } from './library.ts'

export function applyCommand(library: Library, input: ApplyCommandInput): ControlState {
  const { scheduler, command, now, expectedVersion } = input
  const book = library.book(scheduler)
  const before = book.control
  if (expectedVersion !== undefined && expectedVersion !== before.version) {
    throw new SchedulerError('CONTROL_CONFLICT', { expected: expectedVersion, actual: before.version })
  }
  const after = applyToControl(before, command, now)
  const entry = toLogEntry(command, now, after.version)
  library.timeline.apply({
    redo() {
      book.control = after
      book.log.push(entry)
    },
    undo() {
      book.log.pop()
      book.control = before
    },
  })
  return after
}

function toLogEntry(command: Command, at: number, version: number): LogEntry {
  return {
    id: String(version),
    at,
    kind: command.kind,
    by: command.by,
    why: command.why,
    job: 'job' in command ? command.job : null,
    runId: 'runId' in command ? command.runId : null,
    until: 'until' in command ? command.until : null,
    version,
  }
}

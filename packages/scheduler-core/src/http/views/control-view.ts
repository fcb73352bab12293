import type { CommandResult } from '../../api/commands.ts'
import { toIso } from '../../clock.ts'
import type { CommandResultView, ControlMarkView, LogEntryView, LogPageView } from '../../contract/control.ts'
import type { ControlMark, LogEntry } from '../../control/control.ts'
import type { ResultPage } from '../../ports/pages.ts'
import { toChangeView } from './config-view.ts'
import { isoOrNull } from './job-view.ts'

export function toCommandView({ state, changed, control }: CommandResult): CommandResultView {
  return { state, changed, control: toMarkView(control) }
}

export function toLogPage({ items, nextCursor }: ResultPage<LogEntry>): LogPageView {
  return { items: items.map(toLogView), next_cursor: nextCursor }
}

function toMarkView(control: ControlMark): ControlMarkView {
  return {
    version: control.version,
    desired: control.desired,
    at: toIso(control.at),
    by: control.by,
    why: control.why,
    paused_until: isoOrNull(control.pausedUntil),
  }
}

function toLogView(entry: LogEntry): LogEntryView {
  return {
    id: entry.id,
    at: toIso(entry.at),
    kind: entry.kind,
    by: entry.by,
    why: entry.why,
    job: entry.job,
    run_id: entry.runId,
    until: isoOrNull(entry.until),
    changes: entry.changes.map(toChangeView),
    version: entry.version,
  }
}

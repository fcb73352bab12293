import type { CommandResult } from '../../api/commands.ts'
import { toIso } from '../../clock.ts'
import type {
  CommandedJobView,
  CommandResultView,
  ControlMarkView,
  LogEntryView,
  LogPageView,
} from '../../contract/control.ts'
import { jobConfigIn } from '../../control/config.ts'
import type { CommandSubject, ControlMark, LogEntry } from '../../control/control.ts'
import { pauseIn } from '../../control/pauses.ts'
import { readJobConfig } from '../../control/read-config.ts'
import type { ResultPage } from '../../ports/pages.ts'
import { toChangeView, toConfigView } from './config-view.ts'
import { isoOrNull, toPauseView } from './job-view.ts'
import { toJobConfigView } from './policies-view.ts'

/** The result of a command with what it was about, and nothing of other jobs. */
export function toCommandView({ state, changed, control }: CommandResult, about: CommandSubject): CommandResultView {
  return { state, changed, control: toMarkView(control, about) }
}

export function toLogPage({ items, nextCursor }: ResultPage<LogEntry>): LogPageView {
  return { items: items.map(toLogView), next_cursor: nextCursor }
}

function toMarkView(control: ControlMark, about: CommandSubject): ControlMarkView {
  return {
    version: control.version,
    desired: control.desired,
    at: toIso(control.at),
    by: control.by,
    why: control.why,
    paused_until: isoOrNull(control.pausedUntil),
    ...toSettingsView(control, about),
  }
}

function toSettingsView(control: ControlMark, about: CommandSubject): Pick<ControlMarkView, 'jobs' | 'config'> {
  if (about === null) return {}
  if (about !== 'settings') return { jobs: { [about.job]: toCommandedJob(control, about.job) } }
  const { concurrency, providers } = toConfigView(control.config)
  return { config: { concurrency, providers } }
}

function toCommandedJob(control: ControlMark, job: string): CommandedJobView {
  const pause = pauseIn(control, job)
  const stored = jobConfigIn(control.config, job)
  const config = stored === undefined ? {} : toJobConfigView(readJobConfig(stored).value)
  return { paused: pause ? toPauseView(pause) : null, config }
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

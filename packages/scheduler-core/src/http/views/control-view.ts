import type { CommandResult } from '../../api/commands.ts'
import { toIso } from '../../clock.ts'
import type {
  CommandedJobView,
  CommandResultView,
  ControlMarkView,
  LogEntryView,
  LogPageView,
} from '../../contract/control.ts'
import type { CommandedJob, ControlMark, LogEntry } from '../../control/control.ts'
import { readJobConfig } from '../../control/read-config.ts'
import type { ResultPage } from '../../ports/pages.ts'
import { toChangeView, toConfigView } from './config-view.ts'
import { isoOrNull, toPauseView } from './job-view.ts'
import { toJobConfigView } from './policies-view.ts'

/** The result of a command with what it was about, and nothing of other jobs. */
export function toCommandView({ state, changed, control }: CommandResult): CommandResultView {
  return { state, changed, control: toMarkView(control) }
}

export function toLogPage({ items, nextCursor }: ResultPage<LogEntry>): LogPageView {
  return { items: items.map(toLogView), next_cursor: nextCursor }
}

function toMarkView({ job, settings, ...control }: ControlMark): ControlMarkView {
  return {
    version: control.version,
    desired: control.desired,
    at: toIso(control.at),
    by: control.by,
    why: control.why,
    paused_until: isoOrNull(control.pausedUntil),
    ...(job && { jobs: { [job.name]: toCommandedJob(job) } }),
    ...(settings && { config: toSettings(settings) }),
  }
}

function toCommandedJob({ pause, config }: CommandedJob): CommandedJobView {
  return { paused: pause && toPauseView(pause), config: toJobConfigView(readJobConfig(config).value) }
}

function toSettings(settings: NonNullable<ControlMark['settings']>): ControlMarkView['config'] {
  const { concurrency, providers } = toConfigView({ ...settings, jobs: {} })
  return { concurrency, providers }
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

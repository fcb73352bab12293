import type { CommandResult } from '../../api/commands.ts'
import { toIso } from '../../clock.ts'
import type {
  CommandedJobView,
  CommandResultView,
  ControlStateView,
  LogEntryView,
  LogPageView,
} from '../../contract/control.ts'
import { partOf } from '../../control/config.ts'
import type { ControlState, LogEntry } from '../../control/control.ts'
import { pauseIn } from '../../control/pauses.ts'
import { readJobConfig } from '../../control/read-config.ts'
import type { ResultPage } from '../../ports/pages.ts'
import { toChangeView, toConfigView } from './config-view.ts'
import { isoOrNull, toPauseView } from './job-view.ts'
import { toJobConfigView } from './policies-view.ts'

/** What a command was about, and so what its answer tells beside the state of the scheduler. */
export interface Commanded {
  /** The jobs (default none). */
  readonly jobs?: readonly string[]
  /** Whether it was about the settings of the scheduler (default false). */
  readonly isOfSettings?: boolean
}

/** The result of a command with what it changed, and nothing of other jobs. */
export function toCommandView({ state, changed, control }: CommandResult, about: Commanded): CommandResultView {
  return { state, changed, control: toControlView(control, about) }
}

export function toLogPage({ items, nextCursor }: ResultPage<LogEntry>): LogPageView {
  return { items: items.map(toLogView), next_cursor: nextCursor }
}

function toControlView(control: ControlState, { jobs, isOfSettings = false }: Commanded): ControlStateView {
  const { jobs: _, ...settings } = toConfigView({ ...control.config, jobs: {} })
  return {
    version: control.version,
    desired: control.desired,
    at: toIso(control.at),
    by: control.by,
    why: control.why,
    paused_until: isoOrNull(control.pausedUntil),
    ...(jobs && { jobs: Object.fromEntries(jobs.map((job) => [job, toCommandedJob(control, job)])) }),
    ...(isOfSettings && { config: settings }),
  }
}

function toCommandedJob(control: ControlState, job: string): CommandedJobView {
  const pause = pauseIn(control, job)
  const stored = partOf(partOf(control.config, 'jobs'), job)
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

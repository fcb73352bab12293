import { toIso } from '../../clock.ts'
import type { RunDetailView } from '../../contract/run-detail.ts'
import type { LogEntry } from '../../control/control.ts'
import type { Run } from '../../run/ledger-entry.ts'
import type { PastAttempt } from '../../run/past-attempt.ts'
import type { LogUrlOf } from './log-urls.ts'
import { toRunView } from './run-view.ts'

export interface RunDetails {
  /** The commands about the run, latest first. */
  readonly log: readonly LogEntry[]
  /** Whether the caller may see where the error was thrown. */
  readonly withStack: boolean
  readonly logUrlOf: LogUrlOf
}

/** A run with what is known about it beside its row. */
export function toRunDetail(run: Run, { log, withStack, logUrlOf }: RunDetails): RunDetailView {
  return {
    ...toRunView(run, logUrlOf),
    commands: log.flatMap(toCommandView),
    past_attempts: (run.pastAttempts ?? []).map(toPastView),
    input: run.input,
    error_stack: (withStack ? run.error?.stack : null) ?? null,
  }
}

function toPastView({ attempt, startedAt, endedAt, instance, outcome, error }: PastAttempt) {
  return { attempt, started_at: toIso(startedAt), ended_at: toIso(endedAt), instance, outcome, error }
}

function toCommandView({ kind, by, why, at }: LogEntry): RunDetailView['commands'] {
  return kind === 'run-job' || kind === 'cancel-run' ? [{ kind, by, why, at: toIso(at) }] : []
}

import type { LogEntryView } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { scheduleInWords } from '../../../format/schedule-words.ts'
import { strings } from '../../../strings/index.ts'

/** One command as a sentence in parts: who did what to which job or to the scheduler, until when, and why. */
export interface LogLine {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly verb: string
  /** `null` for the scheduler as a whole. */
  readonly job: string | null
  readonly runId: string | null
  /** When a pause ends; `open` when it has no end, `null` when it is none. */
  readonly until: string | 'open' | null
  readonly why: string | null
  /** What the command changed, such as `concurrency: 4 → 8`. */
  readonly changes: readonly string[]
}

export function toLogLine(entry: LogEntryView, say: (at: string) => string): LogLine {
  const { id, at, kind, by, why, job, run_id: runId, until, changes } = entry
  const words = strings.admin.log
  const isPause = kind === 'pause' || kind === 'pause-job'
  return {
    id,
    at,
    by,
    verb: words.kinds[kind],
    job,
    runId,
    until: isPause ? (until ?? 'open') : null,
    why: why === '' ? null : why,
    changes: changes.map(({ setting, from, to }) => words.change(setting, wordOf(from, say), wordOf(to, say))),
  }
}

type Value = LogEntryView['changes'][number]['from']

function wordOf(value: Value, say: (at: string) => string): string {
  if (value === null) return strings.admin.log.byCode
  if (typeof value === 'number') return formatNumber(value)
  return typeof value === 'object' ? scheduleInWords(value, say) : String(value)
}

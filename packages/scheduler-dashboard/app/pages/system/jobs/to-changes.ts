import type { LogEntryView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { scheduleInWords } from '../../../format/schedule-words.ts'
import { strings } from '../../../strings/index.ts'
import { labelOf } from './policy-fields.ts'

/** The settings that a command changed, one line each. */
export function toChanges({ changes }: Pick<LogEntryView, 'changes'>): readonly string[] {
  return changes.map(({ setting, from, to }) =>
    strings.job.log.change(labelOf(setting), inWords(setting, from), inWords(setting, to)),
  )
}

type Value = LogEntryView['changes'][number]['from']

function inWords(setting: string, value: Value): string {
  if (value === null) return strings.job.log.inCode
  if (typeof value === 'object') return scheduleInWords(value, (at) => at)
  return typeof value === 'number' && setting.endsWith('_ms') ? formatDuration(value) : String(value)
}

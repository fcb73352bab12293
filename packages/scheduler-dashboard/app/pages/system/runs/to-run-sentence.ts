import type { LedgerEntryView, RunView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'

/** The state of an entry of the ledger in one sentence. */
export function toRunSentence(entry: LedgerEntryView, nowMs: number): string {
  const words = strings.runs.sentence
  if (entry.kind === 'unrun') {
    const why = entry.reason === null ? strings.runs.unrun[entry.state] : strings.runs.reasons[entry.reason]
    const what = words.unrun(strings.kit.words[entry.state], why)
    return entry.due_count === 1 ? what : words.range(what, formatNumber(entry.due_count))
  }
  if (entry.state === 'running') return words.running(formatDuration(Math.max(0, nowMs - Date.parse(entry.started_at))))
  const tries = entry.attempt > 1 ? words.atTry(formatNumber(entry.attempt)) : ''
  return words.ended(strings.kit.words[entry.state], formatDuration(entry.duration_ms), `${tries}${lateness(entry)}`)
}

function lateness({ lateness_ms }: RunView): string {
  const words = strings.runs.sentence
  if (lateness_ms === null) return ''
  return lateness_ms < 1_000 ? words.onTime : words.late(formatDuration(lateness_ms))
}

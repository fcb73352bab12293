import type { LedgerEntryView, RunView } from '@pm/scheduler-core/contract/v2'

import { beganAt } from '../../../data/began-at.ts'
import { formatDuration, formatRelative } from '../../../format/durations.ts'
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
  const waits = waitInWords(entry, nowMs)
  if (waits !== null) return waits
  if (entry.state === 'running') return words.running(formatDuration(Math.max(0, nowMs - Date.parse(beganAt(entry)))))
  if (entry.started_at === null) return words.endedQueued(strings.kit.words[entry.state], queueTime(entry))
  const tries = entry.attempt > 1 ? words.atTry(formatNumber(entry.attempt)) : ''
  return words.ended(strings.kit.words[entry.state], formatDuration(entry.duration_ms), `${tries}${lateness(entry)}`)
}

/** What a run waits for, and until when; `null` for one that does not wait. */
function waitInWords(run: RunView, nowMs: number): string | null {
  const { waiting_for, next_attempt_at, attempt } = run
  const words = strings.runs.waits
  if (waiting_for === null) return null
  if (waiting_for === 'instance') return words.instance
  if (waiting_for === 'worker') return words.worker(formatDuration(Math.max(0, nowMs - Date.parse(beganAt(run)))))
  const number = formatNumber(attempt + 1)
  const atMs = next_attempt_at === null ? nowMs : Date.parse(next_attempt_at)
  // Its time has come, and it does not begin: something holds it.
  if (atMs <= nowMs) return words.held(number)
  return words.attempt(number, formatRelative(atMs, nowMs))
}

/** How long a run waited that was cancelled in its queue. */
function queueTime(run: RunView): string {
  const untilMs = Date.parse(run.settled_at ?? beganAt(run))
  return formatDuration(Math.max(0, untilMs - Date.parse(beganAt(run))))
}

function lateness({ lateness_ms }: RunView): string {
  const words = strings.runs.sentence
  if (lateness_ms === null) return ''
  return lateness_ms < 1_000 ? words.onTime : words.late(formatDuration(lateness_ms))
}

import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import type { CommandStep } from '../../../data/toast-store.ts'
import { formatDuration } from '../../../format/durations.ts'
import { toMs } from '../../../format/instants.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { reasonOf } from '../attention/to-cause.ts'

/** How far a run that was asked for has come, as its message tells it. */
export interface Outcome {
  readonly detail: string
  readonly step: CommandStep
  readonly isOver: boolean
}

export function toOutcome(entry: LedgerEntryView, nowMs: number): Outcome {
  const words = strings.admin.controls.outcome
  if (entry.kind === 'unrun') return { detail: strings.kit.words[entry.state], step: 'unconfirmed', isOver: true }
  const { state } = entry
  if (entry.waiting_for !== null) {
    const waits = words.waits[entry.waiting_for]
    const detail = entry.error === null ? waits : words.because(waits, reasonOf(entry))
    return { detail, step: 'accepted', isOver: false }
  }
  if (state === 'running') return { detail: runningFor(entry, nowMs), step: 'accepted', isOver: false }
  if (state === 'queued' || entry.started_at === null)
    return { detail: words.cancelledQueued, step: 'unconfirmed', isOver: true }
  const ended = words.ended[state](formatDuration(entry.duration_ms))
  if (state === 'succeeded') return { detail: ended, step: 'applied', isOver: true }
  if (state === 'cancelled') return { detail: ended, step: 'unconfirmed', isOver: true }
  return { detail: words.because(ended, reasonOf(entry)), step: 'refused', isOver: true }
}

function runningFor({ started_at, progress }: Extract<LedgerEntryView, { kind: 'run' }>, nowMs: number): string {
  const words = strings.admin.controls.outcome
  const length = Math.floor(Math.max(0, nowMs - (toMs(started_at) ?? nowMs)) / 1_000) * 1_000
  if (length === 0) return words.claimed
  const told = formatDuration(length)
  return progress
    ? words.progress(told, formatNumber(progress.done), formatNumber(progress.total))
    : words.runningFor(told)
}

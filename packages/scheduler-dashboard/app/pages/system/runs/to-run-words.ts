import type { LedgerEntryView, RunView } from '@pm/scheduler-core/contract/v2'

import { firstLine } from '../../../format/first-line.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'

/** The items of a run in words; empty when its handler reported none. */
export function itemsInWords({ processed, failed, skipped }: RunView['items']): string {
  if (processed + failed + skipped === 0) return ''
  return strings.runs.items(formatNumber(processed), formatNumber(failed), formatNumber(skipped))
}

/** Why it failed or did not run, in one line. */
export function firstLineOf(entry: LedgerEntryView): string {
  if (entry.kind === 'run') return firstLine(entry.error?.message ?? '')
  const { reason, due_count, state } = entry
  const why = reason === null ? strings.runs.unrun[state] : strings.runs.reasons[reason]
  return due_count === 1 ? why : strings.runs.oneOf(why, formatNumber(due_count))
}

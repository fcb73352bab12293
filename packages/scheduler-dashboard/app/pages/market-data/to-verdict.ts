import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../format/numbers.ts'
import { strings } from '../../strings/index.ts'
import type { StateName } from '../../ui/icons.tsx'
import { unlessOld } from './as-of-context.ts'
import { ATTENTION_GRADES, LATE_GRADES, latenessOf, wordOfStatus } from './feed.ts'
import { formatCoarse } from './format-coarse.ts'

export interface Verdict {
  readonly state: StateName
  readonly text: string
  /** The same without what ticks: it changes only when the state of the data does. */
  readonly spoken: string
}

/**
 * The state of the data in one sentence, the worst first. `asOf` is set when the status is old: then nothing is said to
 * be well now, whatever it was.
 */
export function toVerdict(
  status: Pick<MarketDataStatusV2, 'feeds_error' | 'feeds_by_status' | 'feeds_attention'>,
  { nowMs, asOf }: { readonly nowMs: number; readonly asOf: string | null },
): Verdict {
  const verdict = judge(status, nowMs)
  if (asOf === null) return verdict
  const words = strings.marketData.verdict
  return {
    state: unlessOld(verdict.state, { oldSince: asOf }),
    text: words.old(asOf, verdict.text),
    spoken: words.old(asOf, verdict.spoken),
  }
}

function judge(status: Parameters<typeof toVerdict>[0], nowMs: number): Verdict {
  const { feeds_error, feeds_by_status: counts } = status
  const words = strings.marketData.verdict
  if (feeds_error !== null) return plain('unknown', words.unreadable(strings.marketData.feeds.errors[feeds_error]))
  const total = counts.total ?? 0
  if (total === 0) return plain('unknown', words.none)
  const late = LATE_GRADES.reduce((sum, grade) => sum + (counts[grade] ?? 0), 0)
  const unknown = counts.unknown ?? 0
  if (late > 0) return lateVerdict(status, { nowMs, late, unknown, total })
  if (unknown > 0) return plain('unknown', words.noData(unknown, formatNumber(unknown), formatNumber(total)))
  const fresh = counts.fresh ?? 0
  const calm = calmWords(counts)
  if (calm === '') return plain('ok', words.fresh(total, formatNumber(total)))
  if (fresh === 0) return plain('paused', words.nothingDue(total, formatNumber(total), calm))
  return plain('ok', words.freshAndCalm(formatNumber(fresh), formatNumber(total), calm))
}

interface Counted {
  readonly nowMs: number
  readonly late: number
  readonly unknown: number
  readonly total: number
}

function lateVerdict(
  { feeds_by_status: counts, feeds_attention }: Parameters<typeof toVerdict>[0],
  { nowMs, late, unknown, total }: Counted,
): Verdict {
  const words = strings.marketData.verdict
  const head = words.late(late, formatNumber(late), formatNumber(total))
  const rest = unknown === 0 ? '' : ` ${words.alsoNoData(unknown, formatNumber(unknown))}`
  const worst = feeds_attention.items?.find(({ status }) => LATE_GRADES.includes(status))
  const lateness = worst ? latenessOf(worst, nowMs) : null
  const tail = worst && lateness !== null ? words.worst(formatCoarse(lateness), worst.provider, worst.feed) : ''
  return {
    state: (counts.expired ?? 0) > 0 ? 'failed' : 'late',
    text: `${head}${tail}.${rest}`,
    spoken: `${head}.${rest}`,
  }
}

/** The words of the host's own, such as `3 market closed`. */
function calmWords(counts: MarketDataStatusV2['feeds_by_status']): string {
  return Object.entries(counts)
    .filter(([word, count]) => word !== 'total' && word !== 'fresh' && !ATTENTION_GRADES.includes(word) && count)
    .map(([word, count]) => `${formatNumber(count)} ${wordOfStatus(word)}`)
    .join(', ')
}

function plain(state: StateName, text: string): Verdict {
  return { state, text, spoken: text }
}

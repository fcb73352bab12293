import type { EpochMs } from '@pm/scheduler-core'
import { type BucketWidth, coverWindow } from '@pm/scheduler-core/store'

/**
 * A period of time and the source of its counters: lifetime totals, whole buckets, or ledger rows at an edge of a
 * window.
 */
export interface Span {
  readonly source: 'lifetime' | BucketWidth | 'row'
  readonly after: EpochMs
  readonly upTo: EpochMs
}

/** The start of the bucket of lifetime totals. It is only a key: that bucket has no width. */
export const LIFETIME_START: EpochMs = 0
export const LIFETIME: Span = { source: 'lifetime', after: LIFETIME_START, upTo: LIFETIME_START + 1 }

export interface SpanPlan {
  /** The distinct spans, lifetime first. */
  readonly spans: readonly Span[]
  /** For each window, the indexes of its spans. Spans of a window do not overlap. */
  readonly windows: Readonly<Record<string, readonly number[]>>
}

/** Splits the windows that end at `asOf` into spans. A span that several windows share is read once. */
export function planSpans(asOf: EpochMs, windowsMs: Readonly<Record<string, number>>): SpanPlan {
  const spans: Span[] = [LIFETIME]
  const position = (span: Span): number => {
    const found = spans.findIndex((other) => sameSpan(span, other))
    return found >= 0 ? found : spans.push(span) - 1
  }
  const windows = Object.entries(windowsMs).map(([name, widthMs]) => {
    const cover = coverWindow({ after: asOf - widthMs, upTo: asOf })
    const parts: Span[] = [
      ...cover.hours.map((span) => ({ source: 'hour' as const, ...span })),
      ...cover.minutes.map((span) => ({ source: 'minute' as const, ...span })),
      ...cover.rows.map((span) => ({ source: 'row' as const, ...span })),
    ]
    return [name, parts.map(position)] as const
  })
  return { spans, windows: Object.fromEntries(windows) }
}

/** A span that is read from ledger rows, and its index in the plan. */
export interface Edge extends Span {
  readonly position: number
}

export function edgesOf({ spans }: SpanPlan): readonly Edge[] {
  return spans.flatMap((span, position) => (span.source === 'row' ? [{ ...span, position }] : []))
}

function sameSpan(a: Span, b: Span): boolean {
  return a.source === b.source && a.after === b.after && a.upTo === b.upTo
}

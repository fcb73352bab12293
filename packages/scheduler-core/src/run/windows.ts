import type { EpochMs } from '../clock.ts'

/** The windows of metrics. Each ends at the snapshot's instant. `recent` is 24 h unless configured. */
export const WINDOWS = ['lifetime', 'recent', 'last_hour'] as const
export type WindowId = (typeof WINDOWS)[number]

/** Widths of the kept aggregates, finest first. A bucket covers `(start, start + width]`. */
export const BUCKET_WIDTHS = { minute: 60_000, hour: 3_600_000 } as const
export type BucketWidth = keyof typeof BUCKET_WIDTHS

/** The start of the bucket that holds `instant`: buckets are open below and closed above, as windows are. */
export function bucketStart(width: BucketWidth, instant: EpochMs): EpochMs {
  const ms = BUCKET_WIDTHS[width]
  return Math.ceil(instant / ms) * ms - ms
}

/** Instants in `(after, upTo]`. */
export interface WindowSpan {
  readonly after: EpochMs
  readonly upTo: EpochMs
}

/** Disjoint spans that make up a window: kept aggregates where whole buckets fit, rows at the edges. */
export interface WindowCover {
  readonly hours: readonly WindowSpan[]
  readonly minutes: readonly WindowSpan[]
  readonly rows: readonly WindowSpan[]
}

/**
 * Splits `(after, upTo]` into hour buckets, minute buckets beside them and at most two minutes of rows at the edges: a
 * sum is exact, and its cost does not grow with history.
 */
export function coverWindow({ after, upTo }: WindowSpan): WindowCover {
  const minutes = wholeBuckets('minute', { after, upTo })
  const hours = minutes && wholeBuckets('hour', minutes)
  return {
    hours: hours ? [hours] : [],
    minutes: minutes ? without(minutes, hours) : [],
    rows: without({ after, upTo }, minutes),
  }
}

function wholeBuckets(width: BucketWidth, { after, upTo }: WindowSpan): WindowSpan | null {
  const ms = BUCKET_WIDTHS[width]
  const span = { after: Math.ceil(after / ms) * ms, upTo: Math.floor(upTo / ms) * ms }
  return span.after < span.upTo ? span : null
}

/** The parts of `outer` before and after `inner`. */
function without(outer: WindowSpan, inner: WindowSpan | null): WindowSpan[] {
  if (!inner) return outer.after < outer.upTo ? [outer] : []
  return [
    { after: outer.after, upTo: inner.after },
    { after: inner.upTo, upTo: outer.upTo },
  ].filter((span) => span.after < span.upTo)
}

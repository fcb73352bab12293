import type { Span } from '../../../format/span.ts'

export const RANGES = ['hour', 'sixHours', 'day', 'week', 'own'] as const
export type RangeName = (typeof RANGES)[number]

const HOUR_MS = 3_600_000
const LENGTHS: Readonly<Record<Exclude<RangeName, 'own'>, number>> = {
  hour: HOUR_MS,
  sixHours: 6 * HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
}
/** An audit covers at most so much. */
export const MOST_MS = 31 * 24 * HOUR_MS
const LEAST_MS = 60_000
/** So much of a range that follows the present lies ahead of it. */
const AHEAD = 1 / 12
/** A range that follows the present moves in so many steps, so that the picture does not move each second. */
const STEPS = 60

export interface AskedRange {
  readonly range: RangeName
  /** Of an own range. */
  readonly from: string
  readonly to: string
}

/** A range with the present in it, or the reader's own; an own range that is none is the last hour. */
export function spanOf({ range, from, to }: AskedRange, nowMs: number): Span {
  if (range === 'own') {
    const own = ownSpan(from, to)
    if (own) return own
  }
  const length = LENGTHS[range === 'own' ? 'hour' : range]
  const step = length / STEPS
  const end = Math.ceil((nowMs + length * AHEAD) / step) * step
  return { fromMs: end - length - Math.ceil((length * AHEAD) / step) * step, toMs: end }
}

/** `null` for what is not a range that an audit may cover. */
export function ownSpan(from: string, to: string): Span | null {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  const length = toMs - fromMs
  return Number.isNaN(length) || length < LEAST_MS || length > MOST_MS ? null : { fromMs, toMs }
}

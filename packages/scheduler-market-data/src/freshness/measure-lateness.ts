import type { EpochMs } from '@pm/scheduler-core'

import type { KnownHoursRule } from './freshness-rule.ts'
import { dueInstants, type FreshnessAttainment } from './measure-attainment.ts'

/** A time in which an answer with a price was due and had not come, up to its arrival. */
export interface LateSpan {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** When the updates of a feed were late, kept with the feed, so that nobody has to read its arrivals. */
export interface KeptLateness {
  /** By when the next one is due, as `nextDueBy` tells; `null` when none is due any more. */
  readonly dueBy: EpochMs | null
  /** In the order of arrival; they may overlap. */
  readonly spans: readonly LateSpan[]
  /** From when on all spans are known; `null` for as long as the feed has been asked for. */
  readonly knownFrom: EpochMs | null
}

export interface LatenessInput {
  readonly lateness: KeptLateness
  /** `null` while the feed has delivered nothing. */
  readonly eventAt: EpochMs | null
  /** When the feed was first asked for. No update is expected before this instant. */
  readonly since: EpochMs
  readonly rule: KnownHoursRule
}

/** Measures the attainment of many feeds at one instant. */
export interface LatenessMeasure {
  /** What `measureAttainment` says of the arrivals, from what is kept of them. */
  of(input: LatenessInput): FreshnessAttainment
}

/** Counts the due instants of each rule once, whatever the number of its feeds. */
export function createLatenessMeasure(window: { asOf: EpochMs; windowMs: number }): LatenessMeasure {
  const { asOf, windowMs } = window
  const due = new Map<KnownHoursRule, readonly EpochMs[]>()

  function dueOf(rule: KnownHoursRule): readonly EpochMs[] {
    const known = due.get(rule) ?? [...dueInstants({ after: asOf - windowMs, upTo: asOf, rule })]
    due.set(rule, known)
    return known
  }

  return {
    of({ lateness, eventAt, since, rule }) {
      const instants = dueOf(rule)
      const begin = firstAfter(instants, Math.max(since, lateness.knownFrom ?? since))
      let counted = begin
      let late = 0
      const count = ({ from, to }: LateSpan) => {
        const start = Math.max(counted, firstAfter(instants, from - 1))
        const end = Math.max(start, firstAfter(instants, to - 1))
        late += end - start
        counted = Math.max(counted, end)
      }
      for (const span of lateness.spans) count(span)
      const lateFrom = eventAt === null ? since : lateness.dueBy
      if (lateFrom !== null) count({ from: lateFrom, to: asOf + 1 })
      const expected = instants.length - begin
      return { expected, inTime: expected - late }
    },
  }
}

/** The index of the first instant after `at`. */
function firstAfter(instants: readonly EpochMs[], at: EpochMs): number {
  let low = 0
  let high = instants.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((instants[middle] ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}

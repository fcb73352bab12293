import fc from 'fast-check'
import { expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import { type FeedArrival, nextDueBy } from './due-by.ts'
import { defineFreshness, type KnownHoursRule } from './freshness-rule.ts'
import { measureAttainment } from './measure-attainment.ts'
import { createLatenessMeasure, type KeptLateness, type LateSpan } from './measure-lateness.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const calendar = exchangeCalendar('XNYS')
const RULES: readonly KnownHoursRule[] = [
  defineFreshness({ calendar, every: 15 * MINUTE, graceMs: 5 * MINUTE }),
  defineFreshness({ calendar, every: 'trading-day', graceMs: 30 * MINUTE }),
  defineFreshness({ calendar: exchangeCalendar('24/7'), every: 30_000 }),
]
/** Tuesday, 16 September 2025, midnight in New York. */
const START = Date.parse('2025-09-16T00:00:00-04:00')

/** What tables keep of arrivals, in their order: a span for each answer that was due before it came. */
function keep(arrivals: readonly FeedArrival[], since: number, rule: KnownHoursRule) {
  const spans: LateSpan[] = []
  let eventAt: number | null = null
  let dueBy: number | null = null
  for (const arrival of arrivals) {
    if (eventAt !== null && arrival.eventAt < eventAt) continue
    const from: number | null = eventAt === null ? since : dueBy
    const next = nextDueBy(arrival, rule)
    const movesOn = eventAt === null || dueBy === null || next === null || next > dueBy
    if (from !== null && movesOn && arrival.fetchedAt > from) spans.push({ from, to: arrival.fetchedAt })
    eventAt = arrival.eventAt
    dueBy = next
  }
  const lateness: KeptLateness = { dueBy, spans, knownFrom: null }
  return { eventAt, lateness }
}

test('what is kept of arrivals says what the arrivals say', () => {
  const arrivals = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 3 * DAY }),
      delay: fc.integer({ min: 0, max: 60 * MINUTE }),
      repeats: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  const inputs = fc.record({
    arrivals,
    rule: fc.constantFrom(...RULES),
    since: fc.integer({ min: 0, max: DAY }),
    elapsed: fc.integer({ min: DAY, max: 4 * DAY }),
    windowMs: fc.constantFrom(60 * MINUTE, DAY, 2 * DAY),
  })
  fc.assert(
    fc.property(inputs, ({ arrivals: offsets, rule, since: asked, elapsed, windowMs }) => {
      const asOf = START + elapsed
      const came = offsets
        .map(({ at, delay, repeats }) => ({ eventAt: START + at, fetchedAt: START + at + delay, repeats }))
        .filter(({ fetchedAt }) => fetchedAt <= asOf)
        .toSorted((a, b) => a.fetchedAt - b.fetchedAt)
        .map(({ repeats, ...one }, at, all) => ({
          ...one,
          eventAt: (repeats ? all[at - 1] : one)?.eventAt ?? one.eventAt,
        }))
      const since = Math.min(START + asked, came[0]?.fetchedAt ?? asOf)
      const measured = createLatenessMeasure({ asOf, windowMs }).of({ ...keep(came, since, rule), since, rule })
      // Both count the same instants: with a window that is cut by `since` the interval of samples may be a finer one.
      const whole = measureAttainment({ arrivals: came, since: 0, asOf, windowMs, rule })
      if (since <= asOf - windowMs) expect(measured).toEqual(whole)
      else expect(measured.expected).toBeLessThanOrEqual(whole.expected)
      if (rule.every === 15 * MINUTE) {
        expect(measured).toEqual(measureAttainment({ arrivals: came, since, asOf, windowMs, rule }))
      }
    }),
    { numRuns: 500 },
  )
})

test('nothing is said of what was before the first span that is known', () => {
  const rule = RULES[0] ?? defineFreshness({ calendar, every: 15 * MINUTE })
  const noon = START + 12 * 60 * MINUTE
  const measure = createLatenessMeasure({ asOf: noon + 60 * MINUTE, windowMs: DAY })
  const lateness = { dueBy: noon + 90 * MINUTE, spans: [{ from: noon, to: noon + 20 * MINUTE }] }
  const of = (knownFrom: number | null) =>
    measure.of({ lateness: { ...lateness, knownFrom }, eventAt: noon + 55 * MINUTE, since: 0, rule })
  expect(of(noon - 1)).toEqual({ expected: 5, inTime: 3 })
  expect(of(null)).toEqual({ expected: 26, inTime: 24 })
})

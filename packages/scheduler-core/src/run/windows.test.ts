import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bucketStart, coverWindow, type WindowSpan } from './windows.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const instant = fc.oneof(
  fc.integer({ min: 0, max: 100 * HOUR }),
  fc.integer({ min: 0, max: 100 }).map((n) => n * HOUR),
  fc.integer({ min: 0, max: 6_000 }).map((n) => n * MINUTE),
)
const length = (spans: readonly WindowSpan[]) => spans.reduce((sum, span) => sum + span.upTo - span.after, 0)

describe('coverWindow', () => {
  it('covers every instant of the window once, for all bounds', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const window = { after: Math.min(a, b), upTo: Math.max(a, b) }
        const { hours, minutes, rows } = coverWindow(window)
        const spans = [...hours, ...minutes, ...rows].sort((x, y) => x.after - y.after)
        let reached = window.after
        for (const span of spans) {
          expect(span.after).toBe(reached)
          expect(span.upTo).toBeGreaterThan(span.after)
          reached = span.upTo
        }
        expect(reached).toBe(window.upTo)
      }),
      { numRuns: 5_000 },
    )
  })

  it('uses whole buckets only, and leaves less than two minutes to the rows', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const { hours, minutes, rows } = coverWindow({ after: Math.min(a, b), upTo: Math.max(a, b) })
        for (const { after, upTo } of hours) expect([after % HOUR, upTo % HOUR]).toEqual([0, 0])
        for (const { after, upTo } of minutes) expect([after % MINUTE, upTo % MINUTE]).toEqual([0, 0])
        expect(length(rows)).toBeLessThan(2 * MINUTE)
        expect(length(minutes)).toBeLessThan(2 * HOUR)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('bucketStart', () => {
  it('puts an instant on the boundary into the bucket that ends there, as windows do', () => {
    expect(bucketStart('minute', 5 * MINUTE)).toBe(4 * MINUTE)
    expect(bucketStart('minute', 5 * MINUTE + 1)).toBe(5 * MINUTE)
    expect(bucketStart('hour', 2 * HOUR)).toBe(HOUR)
  })
})

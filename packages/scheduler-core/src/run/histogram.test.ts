import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  addHistograms,
  BUCKET_COUNT,
  countOf,
  EMPTY_HISTOGRAM,
  histogramBucketOf,
  representativeOf,
} from './histogram.ts'

const value = fc.oneof(fc.nat(300), fc.nat(100_000), fc.maxSafeNat())

/** The definition, walked bucket by bucket. */
function walkTo(value: number): { readonly bucket: number; readonly lower: number; readonly next: number } {
  let [bucket, lower] = [0, 0]
  for (;;) {
    const next = lower + Math.max(1, Math.floor(lower / 50))
    if (value < next) return { bucket, lower, next }
    lower = next
    bucket++
  }
}

describe('buckets', () => {
  it('hold the values from their lower bound up to the next, which is 2 % above it', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(histogramBucketOf(each)).toBe(walkTo(each).bucket)
      }),
      { numRuns: 2_000 },
    )
  })

  it('have the bounds themselves as their first values', () => {
    for (let { bucket, next } = walkTo(0); next < Number.MAX_SAFE_INTEGER; { bucket, next } = walkTo(next)) {
      expect([histogramBucketOf(next - 1), histogramBucketOf(next)]).toEqual([bucket, bucket + 1])
    }
  })

  it('are represented by one of their values, within 1 % of every other one, and exactly below 100', () => {
    fc.assert(
      fc.property(value, (each) => {
        const told = representativeOf(histogramBucketOf(each))
        expect(histogramBucketOf(told)).toBe(histogramBucketOf(each))
        expect(Math.abs(told - each)).toBeLessThanOrEqual(each < 100 ? 0 : each / 100)
      }),
      { numRuns: 2_000 },
    )
  })

  it('put a value out of range into the nearest bucket', () => {
    expect([-1, -Infinity, Number.NaN, 0.9].map(histogramBucketOf)).toEqual([0, 0, 0, 0])
    expect([Number.MAX_SAFE_INTEGER, Infinity].map(histogramBucketOf)).toEqual([BUCKET_COUNT - 1, BUCKET_COUNT - 1])
    expect(() => representativeOf(BUCKET_COUNT)).toThrow(RangeError)
  })
})

describe('adding histograms', () => {
  it('gives the histogram of all values, however they are split', () => {
    const portions = fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 8 })
    fc.assert(
      fc.property(portions, (parts) => {
        const counts = new Map<number, number>()
        for (const bucket of parts.flat().map(histogramBucketOf)) counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
        const expected = [...counts].sort(([a], [b]) => a - b).flat()
        const sum = addHistograms(parts.map((part) => addHistograms(part.map((each) => [histogramBucketOf(each), 1]))))
        expect(sum).toEqual(expected)
        expect(countOf(sum)).toBe(parts.flat().length)
      }),
    )
  })

  it('of nothing gives the empty one', () => {
    expect(addHistograms([])).toBe(EMPTY_HISTOGRAM)
    expect(countOf(EMPTY_HISTOGRAM)).toBe(0)
  })
})

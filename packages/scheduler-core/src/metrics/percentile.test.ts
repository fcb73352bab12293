import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDistributions, distributionOf, EMPTY_DISTRIBUTION } from '../run/distribution.ts'
import { histogramBucketOf } from '../run/histogram.ts'
import { percentile } from './percentile.ts'

const value = fc.oneof(fc.nat(120), fc.nat(100_000), fc.nat(100_000_000))
const values = fc.array(value, { minLength: 1, maxLength: 200 })
const rank = fc.oneof(fc.constantFrom(50, 95, 99, 100), fc.integer({ min: 1, max: 100 }))

/** The rank-th percentile of the values themselves. */
function nearestRank(given: readonly number[], rank: number): number {
  const sorted = [...given].sort((a, b) => a - b)
  return sorted[Math.ceil((rank * sorted.length) / 100) - 1] ?? Number.NaN
}

const distributionOfAll = (given: readonly number[]) => addDistributions(given.map(distributionOf))

describe('percentile', () => {
  it('is unknown when there are no values', () => {
    expect(percentile(EMPTY_DISTRIBUTION, 50)).toBeNull()
    expect(percentile(distributionOfAll([]), 99)).toBeNull()
    expect(percentile(distributionOf(null), 99)).toBeNull()
  })

  it('lies in the bucket of the nearest-rank value, whatever the values', () => {
    fc.assert(
      fc.property(values, rank, (given, wanted) => {
        const found = percentile(distributionOfAll(given), wanted)
        expect(histogramBucketOf(found ?? Number.NaN)).toBe(histogramBucketOf(nearestRank(given, wanted)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is the value itself below 100', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 1 }), rank, (given, wanted) => {
        expect(percentile(distributionOfAll(given), wanted)).toBe(nearestRank(given, wanted))
      }),
    )
  })

  it('never falls with the rank and never exceeds the maximum, which is exact', () => {
    fc.assert(
      fc.property(values, (given) => {
        const distribution = distributionOfAll(given)
        const found = [1, 50, 95, 99, 100].map((each) => percentile(distribution, each) ?? Number.NaN)
        expect(found).toEqual([...found].sort((a, b) => a - b))
        expect(distribution.max).toBe(Math.max(...given))
        expect(found.at(-1)).toBeLessThanOrEqual(Math.max(...given))
      }),
    )
  })

  it('is the same to the digit however the values were split and merged', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), rank, (parts, wanted) => {
        const merged = addDistributions(parts.map(distributionOfAll))
        expect(percentile(merged, wanted)).toBe(percentile(distributionOfAll(parts.flat()), wanted))
      }),
    )
  })

  it('falls back on the maximum where the histogram knows less than the maximum does', () => {
    expect(percentile({ max: 7, histogram: [] }, 50)).toBe(7)
  })
})

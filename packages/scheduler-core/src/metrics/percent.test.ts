import { describe, expect, it } from 'vitest'

import { MAX_COUNT } from '../limits.ts'
import { meanOf, percentOf } from './percent.ts'

/** Sums that have stopped, and numbers that cannot be a sum of counts. */
const INEXACT = [MAX_COUNT, MAX_COUNT + 1, -1, 0.5, Infinity, Number.NaN]

/** The rule of the definition, in exact arithmetic. */
function exactPercent(part: bigint, whole: bigint): number {
  const hundredths = (2n * part * 10_000n + whole) / (2n * whole)
  if (part < whole && hundredths === 10_000n) return 99.99
  if (part > 0n && hundredths === 0n) return 0.01
  return Number(hundredths) / 100
}

describe('percent', () => {
  it('is unknown, not 0, when nothing was counted', () => {
    expect(percentOf(0, 0)).toBeNull()
  })

  it.each([
    [59, 60, 98.33],
    [23, 160, 14.38],
    [19_999, 20_000, 99.99],
    [1, 200_000, 0.01],
    [0, 7, 0],
    [7, 7, 100],
  ])('of %i in %i is %f', (part, whole, expected) => {
    expect(percentOf(part, whole)).toBe(expected)
  })

  it('agrees with exact arithmetic on every pair up to 2,000, and is 100 only without a failure', () => {
    const wrong: string[] = []
    for (let whole = 1; whole <= 2_000; whole++) {
      for (let part = 0; part <= whole; part++) {
        const value = percentOf(part, whole)
        const isWrong =
          value !== exactPercent(BigInt(part), BigInt(whole)) ||
          (value === 100) !== (part === whole) ||
          (value === 0) !== (part === 0)
        if (isWrong) wrong.push(`${part}/${whole} = ${value}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('stays exact where doubles are no longer exact', () => {
    const whole = MAX_COUNT - 1
    expect(percentOf(whole - 1, whole)).toBe(99.99)
    expect(percentOf(1, whole)).toBe(0.01)
    expect(percentOf(whole / 2, whole)).toBe(50)
  })

  it.each(INEXACT)('is unknown when the part or the whole is %d, which is not an exact count', (inexact) => {
    expect([percentOf(inexact, 3), percentOf(1, inexact)]).toEqual([null, null])
  })
})

describe('mean', () => {
  it('is unknown when there is nothing to average', () => {
    expect(meanOf(0, 0)).toBeNull()
  })

  it('has two decimals, half up', () => {
    expect(meanOf(450, 3)).toBe(150)
    expect(meanOf(1, 3)).toBe(0.33)
    expect(meanOf(1, 8)).toBe(0.13)
    expect(meanOf(MAX_COUNT - 2, 2)).toBe(4_503_599_627_370_494.5)
  })

  it.each(INEXACT)('is unknown when the sum or the count is %d', (inexact) => {
    expect([meanOf(inexact, 3), meanOf(1, inexact)]).toEqual([null, null])
  })
})

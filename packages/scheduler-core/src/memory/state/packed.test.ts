import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { MAX_COUNT } from '../../limits.ts'
import { pack, packSum, unpack } from './packed.ts'
import { type Addition, Sums } from './sums.ts'

const amount = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.maxSafeNat().map((nat) => Math.max(nat, 1)),
)
const additions: fc.Arbitrary<Addition> = fc.record({
  pairs: fc
    .uniqueArray(fc.tuple(fc.nat(5_000), amount), { selector: ([place]) => place })
    .map((pairs) => pairs.sort(([a], [b]) => a - b).flat()),
  maxima: fc.tuple(fc.option(fc.maxSafeNat(), { nil: null }), fc.option(fc.nat(1_000), { nil: null })),
})

describe('a packed addition', () => {
  it('is unpacked as it was', () => {
    fc.assert(fc.property(additions, (addition) => void expect(unpack(pack(addition))).toEqual(addition)))
    const empty = { pairs: [], maxima: [] }
    expect(unpack(pack(empty))).toEqual(empty)
    const fractions = { pairs: [3, 0.5], maxima: [-1, 2.5] }
    expect(unpack(pack(fractions))).toEqual(fractions)
  })

  it('is summed as sums are, and no count exceeds `MAX_COUNT`', () => {
    fc.assert(
      fc.property(fc.array(additions, { minLength: 1, maxLength: 5 }), ([first, ...others]) => {
        const sums = new Sums()
        if (first) sums.add(first)
        let packed = packSum(null, sums)
        for (const each of others) {
          sums.add(each)
          packed = packSum(packed, each)
        }
        expect(unpack(packed)).toEqual({ pairs: sums.pairs, maxima: sums.maxima })
        expect(sums.pairs.every((number) => number <= MAX_COUNT)).toBe(true)
      }),
    )
  })

  it('has a byte for a small number', () => {
    expect(pack({ pairs: [0, 60, 7, 60, 20, 55], maxima: [12, null] })).toHaveLength(9)
  })
})

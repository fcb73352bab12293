import { expect, it } from 'vitest'

import { BucketLimit } from './bucket-limit.ts'

const MINUTE = 60_000
const T0 = Date.UTC(2026, 0, 5)

it('buckets are counted for each new minute of settlements, and not before there is one', () => {
  const limit = new BucketLimit()
  let counts = 0
  const keepAt = (at: number) => {
    const counted = () => {
      counts++
      return []
    }
    limit.keep(at, counted, { maxBytes: 1, longestWindowMs: MINUTE })
    return counts
  }
  expect([-Infinity, -Infinity].map(keepAt)).toEqual([0, 0])
  expect([T0, T0 + 1, T0 + MINUTE - 1, T0 + MINUTE, T0 + MINUTE].map(keepAt)).toEqual([1, 1, 1, 2, 2])
})

import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { createCommandLimits } from './command-limits.ts'

/** The monotonic side of a clock that stands until it is moved. */
function openBucket(
  options: { readonly perMinute?: number; readonly burst?: number; readonly principals?: number } = {},
) {
  let monotonic = 5_000
  const clock = { now: () => 0, monotonic: () => monotonic, setTimer: () => ({ cancel() {} }) }
  const limits = createCommandLimits({ ...options, clock })
  return {
    pass: (ms: number) => {
      monotonic += ms
    },
    take: (principal = 'ada') => limits.take(principal),
    /** How many of `n` commands are taken, and after how many seconds a refused one may come again. */
    takeMany(n: number, principal = 'ada') {
      let taken = 0
      try {
        for (; taken < n; taken++) limits.take(principal)
        return { taken }
      } catch (error) {
        if (!isSchedulerError(error, 'TOO_MANY_REQUESTS')) throw error
        return { taken, retryAfterSeconds: error.details.retryAfterSeconds }
      }
    },
  }
}

describe('limits of commands', () => {
  it('takes twenty at once, and then one a second, unless it is told otherwise', () => {
    const bucket = openBucket()
    expect(bucket.takeMany(100)).toEqual({ taken: 20, retryAfterSeconds: 1 })
    bucket.pass(999)
    expect(bucket.takeMany(1)).toEqual({ taken: 0, retryAfterSeconds: 1 })
    bucket.pass(1)
    expect(bucket.takeMany(2)).toEqual({ taken: 1, retryAfterSeconds: 1 })
    bucket.pass(3_600_000)
    expect(bucket.takeMany(100).taken).toBe(20)
  })

  it('says to the second when the next one is taken: then it is, and a second before it is not', () => {
    const bucket = openBucket({ perMinute: 7, burst: 2 })
    bucket.takeMany(2)
    const { retryAfterSeconds } = bucket.takeMany(1)
    expect(retryAfterSeconds).toBe(9)
    bucket.pass(8_000)
    expect(bucket.takeMany(1)).toEqual({ taken: 0, retryAfterSeconds: 1 })
    bucket.pass(1_000)
    expect(bucket.takeMany(1).taken).toBe(1)
  })

  it('counts each principal alone, and a refusal costs nothing', () => {
    const bucket = openBucket({ burst: 3 })
    bucket.takeMany(3)
    for (let attempt = 0; attempt < 50; attempt++) expect(bucket.takeMany(1).taken).toBe(0)
    expect(bucket.takeMany(9, 'bob').taken).toBe(3)
    bucket.pass(1_000)
    expect(bucket.takeMany(9).taken).toBe(1)
  })

  it('remembers no more principals than its limit, and forgets the one that was silent longest', () => {
    const bucket = openBucket({ burst: 2, principals: 3 })
    bucket.take('ada')
    for (const other of ['b', 'c']) bucket.takeMany(2, other)
    bucket.take('ada')
    bucket.take('d')
    expect(bucket.takeMany(1, 'ada').taken).toBe(0)
    expect(bucket.takeMany(9, 'b').taken).toBe(2)
  })

  it.each([{ perMinute: 0 }, { burst: 0 }, { principals: 0 }, { perMinute: Number.NaN }])('refuses %j', (options) => {
    expect(() => createCommandLimits(options)).toThrow(RangeError)
  })
})

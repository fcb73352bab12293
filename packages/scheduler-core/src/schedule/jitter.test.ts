import { describe, expect, it } from 'vitest'

import { jitterFor } from './jitter.ts'

describe('jitter', () => {
  const input = { scheduler: 'prices', job: 'poll', scheduledFor: 1_767_225_600_000, maxMs: 30_000 }

  it('is the same on every instance and in every release', () => {
    expect(jitterFor(input)).toBe(PINNED)
    expect(jitterFor({ ...input })).toBe(PINNED)
  })

  it('differs by job and by due time', () => {
    expect(jitterFor({ ...input, job: 'pole' })).not.toBe(PINNED)
    expect(jitterFor({ ...input, scheduledFor: input.scheduledFor + 1 })).not.toBe(PINNED)
  })

  it('spreads evenly over the whole range, both ends included', () => {
    const counts = new Array<number>(10).fill(0)
    for (let due = 0; due < 10_000; due++) {
      const delay = jitterFor({ ...input, scheduledFor: due * 60_000, maxMs: 9 })
      counts[delay] = (counts[delay] ?? 0) + 1
    }
    expect(counts).toHaveLength(10)
    // 1,000 each, and 5 standard deviations of 30 either way.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })

  it('is 0 when the maximum is 0', () => {
    expect(jitterFor({ ...input, maxMs: 0 })).toBe(0)
  })
})

const PINNED = 27_824

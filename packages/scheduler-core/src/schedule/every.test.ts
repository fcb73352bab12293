import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { type EveryOptions, every } from './every.ts'

describe('every', () => {
  it('adds its parts up', () => {
    expect(every({ hours: 1, minutes: 30 })).toEqual({ kind: 'every', periodMs: 5_400_000, anchorAt: 0 })
    expect(every({ milliseconds: 100 }).periodMs).toBe(100)
    expect(every({ days: 1, anchorAt: new Date(5) }).anchorAt).toBe(5)
  })

  it('is the same with an anchor at the epoch, and with a part that is left undefined', () => {
    const grid = every({ hours: 1, minutes: 30 })
    expect(every({ hours: 1, minutes: 30, anchorAt: 0 })).toBe(grid)
    expect(every({ hours: 1, minutes: 30, seconds: undefined } as object)).toBe(grid)
  })

  it.each<[unknown, object]>([
    ['5m', { path: 'every', received: '"5m"', suggestion: '{ minutes: 5 }' }],
    ['250ms', { suggestion: '{ milliseconds: 250 }' }],
    ['soon', { path: 'every', received: '"soon"' }],
    [5_000, { suggestion: '{ milliseconds: 5000 }' }],
    [null, { path: 'every', received: 'null' }],
    [[5], { path: 'every', received: 'an array of 1' }],
    [{}, { path: 'every', received: 'no period' }],
    [{ minutes: 0 }, { path: 'every.minutes' }],
    [{ minutes: -1 }, { path: 'every.minutes', received: '-1' }],
    [{ minutes: 0.5 }, { path: 'every.minutes', received: '0.5' }],
    [{ minutes: Number.NaN }, { path: 'every.minutes', received: 'NaN' }],
    [{ minutes: Number.POSITIVE_INFINITY }, { path: 'every.minutes', received: 'Infinity' }],
    [{ minutes: '5' }, { path: 'every.minutes', received: '"5"' }],
    [{ milliseconds: 99 }, { path: 'every.milliseconds' }],
    [{ days: 36_526 }, { path: 'every.days' }],
    [{ minute: 5 }, { path: 'every.minute', suggestion: 'minutes' }],
    [
      { minutes: 5, anchorAt: new Date('soon') },
      { path: 'every.anchorAt', received: 'an invalid Date' },
    ],
    [{ minutes: 5, anchorAt: 1e300 }, { path: 'every.anchorAt' }],
  ])('refuses %j', (options, details) => {
    expect(refusal(options)).toMatchObject(details)
  })
})

function refusal(options: unknown): unknown {
  try {
    every(options as EveryOptions)
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
  throw new Error('was accepted')
}

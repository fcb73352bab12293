import { describe, expect, it } from 'vitest'

import { readLength, writeLength } from './lengths.ts'

describe('a length of time that is typed', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['5 min', 300_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['2d', 172_800_000],
  ])('%s', (text, ms) => {
    expect(readLength(text)).toBe(ms)
  })

  it.each(['', 'soon', '5', '5m later', '-5m', 'm5'])('is refused: "%s"', (text) => {
    expect(readLength(text)).toBeNull()
  })

  it.each([0, 250, 90_000, 5_400_000, 86_400_000, 90_061_001])('is written as it is read: %d', (ms) => {
    expect(readLength(writeLength(ms))).toBe(ms)
  })
})

import { describe, expect, it } from 'vitest'

import { formatDuration, formatRelative, parseDuration } from './durations.ts'

describe('lengths of time in words', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [999.6, '1 s'],
    [1_000, '1 s'],
    [1_540, '1.5 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [192_000, '3 min 12 s'],
    [3_600_000, '1 h'],
    [3_661_000, '1 h 1 min'],
    [90_061_000, '1 d 1 h'],
  ])('says %s ms as %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words)
  })

  it.each([
    [400, 'now'],
    [-400, 'now'],
    [192_900, 'in 3 min 12 s'],
    [-14_520_000, '4 h 2 min ago'],
  ])('says an instant %s ms from now as %s', (distance, words) => {
    expect(formatRelative(1_000_000_000 + distance, 1_000_000_000)).toBe(words)
  })

  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['1w', null],
    ['', null],
    ['h', null],
  ])('reads %s as %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })
})

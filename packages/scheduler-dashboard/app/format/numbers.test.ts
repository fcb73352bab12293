import { describe, expect, it } from 'vitest'

import { formatBytes, formatPercent } from './numbers.ts'

describe('numbers', () => {
  it('never rounds a share up to all', () => {
    expect(formatPercent(99.96)).toBe('99.9 %')
    expect(formatPercent(100)).toBe('100 %')
    expect(formatPercent(0)).toBe('0 %')
    expect(formatPercent(null)).toBe('–')
  })

  it('gives bytes by thousands', () => {
    expect(formatBytes(0)).toBe('0 B')
    expect(formatBytes(999)).toBe('999 B')
    expect(formatBytes(1_500)).toBe('1.5 KB')
    expect(formatBytes(3_200_000_000_000_000)).toBe('3,200 TB')
  })
})

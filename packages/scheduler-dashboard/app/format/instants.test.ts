import { describe, expect, it } from 'vitest'

import { formatInstant, isZone, toMs } from './instants.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')

describe('instants', () => {
  it('has the time alone today, the date on other days, and the year in other years', () => {
    const today = formatInstant(NOW - 3_600_000, { nowMs: NOW, zone: 'UTC' })
    const before = formatInstant(NOW - 86_400_000, { nowMs: NOW, zone: 'UTC' })
    expect(today).not.toContain('10')
    expect(before).toContain('9')
    expect(before).not.toContain('2026')
    expect(formatInstant(NOW - 400 * 86_400_000, { nowMs: NOW, zone: 'UTC' })).toContain('2025')
  })

  it('goes by the day of the zone', () => {
    const late = Date.parse('2026-03-09T23:30:00Z')
    expect(formatInstant(late, { nowMs: NOW, zone: 'Asia/Tokyo' })).not.toContain('Mar')
    expect(formatInstant(late, { nowMs: NOW, zone: 'UTC' })).toContain('9')
  })

  it('knows what is no instant and no zone', () => {
    expect(toMs(null)).toBeNull()
    expect(toMs('soon')).toBeNull()
    expect(isZone('Europe/Zurich')).toBe(true)
    expect(isZone('Mars/Olympus')).toBe(false)
  })
})

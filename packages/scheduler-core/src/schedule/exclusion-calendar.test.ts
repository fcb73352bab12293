import { describe, expect, it } from 'vitest'

import { type ExcludeDatesOptions, excludeDates } from './exclusion-calendar.ts'

describe('a calendar of excluded days', () => {
  const nyse = excludeDates({ name: 'NYSE', timezone: 'America/New_York', dates: ['2026-12-25'], weekends: true })

  it.each([
    ['2026-12-25T04:59:59.999Z', false],
    ['2026-12-25T05:00:00.000Z', true],
    ['2026-12-26T04:59:59.999Z', true],
    ['2026-12-26T05:00:00.000Z', true],
    ['2026-12-28T04:59:59.999Z', true],
    ['2026-12-28T05:00:00.000Z', false],
    ['1969-12-28T12:00:00.000Z', true],
    ['1969-12-29T12:00:00.000Z', false],
  ])('%s by the clock of New York: %s', (at, excluded) => {
    expect(nyse.excludes(Date.parse(at))).toBe(excluded)
  })

  it('tells when an excluded day ends, also when the clocks change on it', () => {
    const until = (at: string) => new Date(nyse.excludedUntil?.(Date.parse(at)) ?? Number.NaN).toISOString()
    expect(until('2026-12-25T15:00Z')).toBe('2026-12-26T05:00:00.000Z')
    // Sunday 1 November 2026: the answer stops at the change of the clocks, which is not the end of the day.
    expect(until('2026-11-01T05:30Z')).toBe('2026-11-01T06:00:00.000Z')
    expect(until('2026-11-01T06:00Z')).toBe('2026-11-02T05:00:00.000Z')
  })

  it('excludes no weekends by default', () => {
    expect(excludeDates({ timezone: 'UTC', dates: [] }).excludes(Date.parse('2026-12-26T12:00Z'))).toBe(false)
  })

  it.each<[unknown, string]>([
    [{ timezone: 'UTC', dates: ['2026-02-30'] }, 'excludeDates.dates[0]'],
    [{ timezone: 'UTC', dates: ['2026-12-25', '25.12.2026'] }, 'excludeDates.dates[1]'],
    [{ timezone: 'UTC', dates: [new Date(0)] }, 'excludeDates.dates[0]'],
    [{ timezone: 'New_York', dates: [] }, 'excludeDates.timezone'],
    [{ timezone: 'UTC', dates: [], weekend: true }, 'excludeDates.weekend'],
    [{ dates: [] }, 'excludeDates.timezone'],
  ])('refuses %j', (options, path) => {
    expect(() => excludeDates(options as ExcludeDatesOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  })
})

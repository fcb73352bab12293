import { describe, expect, it } from 'vitest'

import { every } from '../schedule/every.ts'
import { type ExclusionCalendar, excludeDates } from '../schedule/exclusion-calendar.ts'
import type { InactiveSpan } from './inactive.ts'
import { nextRunAt } from './next-run.ts'

const FRIDAY = Date.parse('2026-01-02T23:59:59Z')
const MONDAY = Date.parse('2026-01-05T00:00:00Z')

function next(change: { exclude?: ExclusionCalendar[]; inactive?: InactiveSpan[]; jitterMs?: number } = {}) {
  const { exclude = [], inactive = [], jitterMs = 0 } = change
  return nextRunAt(
    { scheduler: 'test', job: { name: 'poll', schedule: every({ seconds: 1 }), exclude, jitterMs }, inactive },
    FRIDAY,
  )
}

describe('when a job runs next', () => {
  it('is its next due time', () => {
    expect(next()).toBe(FRIDAY + 1_000)
  })

  it('is a little later with jitter', () => {
    expect(next({ jitterMs: 500 })).toBeGreaterThanOrEqual(FRIDAY + 1_000)
    expect(next({ jitterMs: 500 })).toBeLessThanOrEqual(FRIDAY + 1_500)
  })

  it('is after a weekend of 172,800 excluded due times whose end the calendar tells', () => {
    expect(next({ exclude: [excludeDates({ timezone: 'UTC', dates: [], weekends: true })] })).toBe(MONDAY)
  })

  it('is after a pause and the holiday behind it', () => {
    const inactive = [{ after: FRIDAY, upTo: MONDAY, as: 'suppressed' } as const]
    const exclude = [excludeDates({ timezone: 'UTC', dates: ['2026-01-05'] })]
    expect(next({ inactive, exclude })).toBe(MONDAY + 86_400_000)
  })

  it('is never within a pause without an end, and not known when a calendar excludes everything', () => {
    expect(next({ inactive: [{ after: FRIDAY, upTo: Infinity, as: 'suppressed' }] })).toBeNull()
    let looks = 0
    expect(next({ exclude: [{ name: 'always', excludes: () => looks++ >= 0 }] })).toBeNull()
    expect(looks).toBe(1_000)
  })
})

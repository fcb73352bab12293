import { describe, expect, it } from 'vitest'

import { toFate } from './to-fate.ts'

const due_at = '2026-01-01T12:00:00.000Z'

describe('the fate of a due time', () => {
  it('is to run, at once or with its jitter', () => {
    expect(toFate({ fate: 'run', due_at, starts_at: due_at, calendar: null })).toEqual({ state: 'ok', words: 'runs' })
    expect(toFate({ fate: 'run', due_at, starts_at: '2026-01-01T12:00:03.000Z', calendar: null }).words).toBe(
      'runs, with jitter 3 s later',
    )
  })

  it('is not to run, with the reason', () => {
    const never = { due_at, starts_at: null, calendar: null }
    expect(toFate({ ...never, fate: 'suppressed' })).toEqual({ state: 'paused', words: 'suppressed by a pause' })
    expect(toFate({ ...never, fate: 'excluded', calendar: 'nyse' }).words).toBe('excluded by the calendar nyse')
    expect(toFate({ ...never, fate: 'excluded' }).words).toBe('excluded by a calendar')
  })
})

import { describe, expect, it } from 'vitest'

import { toMoment } from './to-moment.ts'

describe('the moment that one asks about', () => {
  it('is an instant in the zone that one chose', () => {
    expect(toMoment('2026-07-01T12:00', 'Europe/Zurich')).toEqual({ at: '2026-07-01T10:00:00.000Z', note: null })
  })

  it('is said to be none, or one of two, when the clocks change', () => {
    expect(toMoment('2026-03-29T02:30', 'Europe/Zurich')).toMatchObject({
      at: null,
      note: expect.stringContaining('leave this time out'),
    })
    expect(toMoment('2026-10-25T02:30', 'Europe/Zurich')).toMatchObject({
      at: '2026-10-25T00:30:00.000Z',
      note: expect.stringContaining('twice'),
    })
  })

  it('is missing', () => {
    expect(toMoment('', 'UTC')).toMatchObject({ at: null, note: 'Say which moment.' })
  })
})

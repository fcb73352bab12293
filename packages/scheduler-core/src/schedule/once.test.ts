import { describe, expect, it } from 'vitest'

import { once } from './once.ts'

describe('once', () => {
  it('takes a Date or milliseconds, from 2001 on, and drops fractions', () => {
    expect(once(new Date('2001-01-01T00:00:00Z'))).toEqual({ kind: 'once', at: 978_307_200_000 })
    expect(once(1_700_000_000_000.9)).toEqual({ kind: 'once', at: 1_700_000_000_000 })
  })

  it('notices seconds in the place of milliseconds, and suggests the instant that was meant', () => {
    expect(() => once(1_700_000_000)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTIONS',
        details: {
          path: 'once',
          received: '1700000000, which is 1970-01-20T16:13:20.000Z',
          expected: 'an instant from 2001 on: a Date, or milliseconds since the epoch',
          suggestion: '1700000000000',
        },
      }),
    )
  })

  it.each([0, 30, 978_307_199_999, -1])('refuses %i, without a guess', (at) => {
    const details = expect.not.objectContaining({ suggestion: expect.anything() })
    expect(() => once(at)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS', details }))
  })
})

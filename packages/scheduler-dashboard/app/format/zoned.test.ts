import { describe, expect, it } from 'vitest'

import { instantsAt, wallTimeAt } from './zoned.ts'

const ZURICH = 'Europe/Zurich'

describe('the time of a wall clock', () => {
  it('is one instant on most days', () => {
    expect(instantsAt('2026-07-01T12:00:00', ZURICH)).toEqual([Date.UTC(2026, 6, 1, 10)])
    expect(instantsAt('2026-07-01T12:00', 'UTC')).toEqual([Date.UTC(2026, 6, 1, 12)])
  })

  it('is none where the clocks go forward, and two where they go back', () => {
    expect(instantsAt('2026-03-29T02:30:00', ZURICH)).toEqual([])
    expect(instantsAt('2026-10-25T02:30:00', ZURICH)).toEqual([
      Date.UTC(2026, 9, 25, 0, 30),
      Date.UTC(2026, 9, 25, 1, 30),
    ])
  })

  it('is nothing for what is no time', () => {
    expect(instantsAt('', ZURICH)).toEqual([])
    expect(instantsAt('soon', 'UTC')).toEqual([])
  })

  it('is shown as an input takes it', () => {
    expect(wallTimeAt(Date.UTC(2026, 6, 1, 10, 0, 1, 500), ZURICH)).toBe('2026-07-01T12:00:01')
  })
})

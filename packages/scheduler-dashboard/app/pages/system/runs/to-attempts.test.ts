import { describe, expect, it } from 'vitest'

import { toAttempts } from './to-attempts.ts'

const running = { attempt: 1, state: 'running', waiting_for: null, past_attempts: [] } as const
const lost = {
  attempt: 1,
  started_at: '2026-01-01T12:00:00.000Z',
  ended_at: '2026-01-01T12:00:01.000Z',
  instance: 'one',
  outcome: 'orphaned',
  error: null,
} as const

describe('the tries of a run', () => {
  it('are a line, of which the last is the present one', () => {
    expect(toAttempts({ ...running, attempt: 2, state: 'failed', past_attempts: [lost] }, 3)).toEqual({
      shown: [
        { number: 1, kind: 'before', past: lost },
        { number: 2, kind: 'last', past: null },
      ],
      hidden: 0,
      left: 0,
    })
  })

  it('are the first one to come while the run is queued, and none where it was cancelled there', () => {
    const queued = { ...running, attempt: 0, state: 'queued', waiting_for: 'worker' } as const
    expect(toAttempts(queued, 3)).toEqual({ shown: [{ number: 1, kind: 'next', past: null }], hidden: 0, left: 2 })
    expect(toAttempts({ ...queued, state: 'cancelled', waiting_for: null }, 3).shown).toEqual([])
  })

  it('end with the one that is waited for', () => {
    const { shown, left } = toAttempts({ ...running, attempt: 2, waiting_for: 'attempt' }, 4)
    expect(shown.map(({ kind }) => kind)).toEqual(['before', 'before', 'next'])
    expect(left).toBe(1)
  })

  it('end with a new one where an instance has to take the run up', () => {
    const released = { ...running, waiting_for: 'instance', past_attempts: [lost] } as const
    const { shown, left } = toAttempts(released, 3)
    expect(shown).toEqual([
      { number: 1, kind: 'before', past: lost },
      { number: 2, kind: 'next', past: null },
    ])
    expect(left).toBe(1)
  })

  it('leave some only while it runs, and a long line is cut at its start', () => {
    expect(toAttempts(running, 3).left).toBe(2)
    const { shown, hidden } = toAttempts({ ...running, attempt: 40, state: 'failed' }, 100)
    expect(hidden).toBe(34)
    expect(shown[0]).toEqual({ number: 35, kind: 'before', past: null })
  })
})

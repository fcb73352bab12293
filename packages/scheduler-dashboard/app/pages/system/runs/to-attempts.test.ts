import { describe, expect, it } from 'vitest'

import { toAttempts } from './to-attempts.ts'

describe('the tries of a run', () => {
  it('are a line, of which the last is the present one', () => {
    expect(toAttempts({ attempt: 2, state: 'failed' }, 3)).toEqual({
      shown: [
        { number: 1, isLast: false },
        { number: 2, isLast: true },
      ],
      hidden: 0,
      left: 0,
    })
  })

  it('leave some only while it runs, and a long line is cut at its start', () => {
    expect(toAttempts({ attempt: 1, state: 'running' }, 3).left).toBe(2)
    const { shown, hidden } = toAttempts({ attempt: 40, state: 'failed' }, 100)
    expect(hidden).toBe(34)
    expect(shown[0]).toEqual({ number: 35, isLast: false })
  })
})

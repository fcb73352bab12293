import { describe, expect, it } from 'vitest'

import type { LiveState } from '../live/live-state.ts'
import type { AnyStatus } from '../live/topic.ts'
import { summarize } from './live-summary.ts'

function state(given: Partial<LiveState> = {}): LiveState {
  return {
    status: { as_of: '2026-03-10T12:00:00Z', stale: false } as AnyStatus,
    id: '1',
    connection: 'live',
    trouble: null,
    fresh: 0,
    ...given,
  }
}
const trouble = { code: 'UNREACHABLE', status: null, message: '' }
const notOpen = { code: 'SCHEDULER_NOT_OPEN', status: 409, message: '' }

describe('the sign of all that a page follows', () => {
  it.each([
    ['live', [state(), state()]],
    ['polling', [state(), state({ connection: 'polling' })]],
    ['connecting', [state(), state({ connection: 'waiting' })]],
    ['unreachable', [state(), state({ connection: 'waiting', trouble })]],
    ['not-open', [state(), state({ connection: 'waiting', trouble: notOpen })]],
    ['unreachable', [state({ connection: 'waiting', trouble }), state({ connection: 'waiting', trouble: notOpen })]],
    ['server-stale', [state({ status: { as_of: '', stale: true } as AnyStatus })]],
    ['logged-out', [state({ connection: 'waiting', trouble: { ...trouble, status: 401 } })]],
  ] as const)('is %s by the worst of them', (kind, states) => {
    expect(summarize(states, { isPaused: false }).kind).toBe(kind)
  })

  it('tells how much is new behind a pause', () => {
    expect(summarize([state({ fresh: 2 }), state({ fresh: 7 })], { isPaused: true })).toMatchObject({
      kind: 'paused',
      fresh: 7,
    })
  })
})

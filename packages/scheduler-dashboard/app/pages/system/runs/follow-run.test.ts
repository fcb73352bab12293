import type { RunView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import { anError, aRun, QUEUED } from './a-run.testing.ts'
import { toNews } from './follow-run.ts'

const newsOf = (change: Partial<RunView>) => toNews(aRun(change))

describe('the message of a run that was asked for', () => {
  it('stays while the run goes on', () => {
    expect(newsOf({ state: 'running', settled_at: null, duration_ms: null })).toMatchObject({
      step: 'accepted',
      isOver: false,
    })
  })

  it('says what the run waits for, and how its last try ended', () => {
    const running = { state: 'running', settled_at: null, duration_ms: null } as const
    expect(newsOf({ ...running, waiting_for: 'attempt', error: anError({ message: 'no rate' }) })).toEqual({
      detail: 'Claimed, waits for its next try. Its last try: no rate',
      step: 'accepted',
      isOver: false,
    })
    const released = newsOf({ ...running, waiting_for: 'instance' })
    expect(released.detail).toBe('Claimed, waits for an instance that takes it up')
  })

  it('says that the run is queued, and that it was cancelled before it ran', () => {
    const waits = { detail: 'Claimed, waits in a queue for a worker', step: 'accepted', isOver: false }
    expect(newsOf(QUEUED)).toEqual(waits)
    expect(newsOf({ ...QUEUED, state: 'cancelled', waiting_for: null })).toMatchObject({
      detail: 'Claimed, queued, cancelled before a worker had it',
      isOver: true,
    })
  })

  it('ends well, or with the reason', () => {
    expect(newsOf({ duration_ms: 1_200 })).toEqual({
      detail: 'Claimed, ran, succeeded after 1.2 s',
      step: 'applied',
      isOver: true,
    })
    const error = anError({ code: 'X', message: 'no such account' })
    expect(newsOf({ state: 'failed', duration_ms: 50, error })).toEqual({
      detail: 'Claimed, ran, failed after 50 ms: no such account',
      step: 'refused',
      isOver: true,
    })
  })
})

import type { AdminStatusV2, LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import { toObstacles } from './to-controls.ts'
import { toNextDue } from './to-next-due.ts'
import { toOutcome } from './to-outcome.ts'
import { toUntil } from './to-until.ts'

const NOW = Date.parse('2026-03-28T12:00:00.000Z')

describe('controls', () => {
  const open = (state: string) => {
    const obstacles = toObstacles({ scheduler: { desired: { state } } } as Pick<AdminStatusV2, 'scheduler'>)
    return Object.entries(obstacles).flatMap(([name, why]) => (why === null ? [name] : []))
  }

  it('are open only where they do something', () => {
    expect(open('running')).toEqual(['stop', 'pause', 'run'])
    expect(open('paused')).toEqual(['stop', 'pause', 'resume', 'run'])
    expect(open('stopped')).toEqual(['start'])
  })
})

describe('the end of a pause', () => {
  const until = (preset: Parameters<typeof toUntil>[0]['preset'], wall = '', zone = 'Europe/Zurich') =>
    toUntil({ preset, wall, zone }, NOW)
  const at = (iso: string) => ({ kind: 'at', atMs: Date.parse(iso) })

  it('is a length of time, or none', () => {
    expect(until('quarter')).toEqual(at('2026-03-28T12:15:00.000Z'))
    expect(until('hour')).toEqual(at('2026-03-28T13:00:00.000Z'))
    expect(until('open')).toEqual({ kind: 'open' })
  })

  it('is eight in the morning of the zone, also when the clocks change in the night', () => {
    expect(until('tomorrow')).toEqual(at('2026-03-29T06:00:00.000Z'))
    expect(until('tomorrow', '', 'UTC')).toEqual(at('2026-03-29T08:00:00.000Z'))
    expect(until('tomorrow', '', 'Pacific/Kiritimati')).toEqual(at('2026-03-29T18:00:00.000Z'))
  })

  it('is a moment that is to come and that the clocks show', () => {
    expect(until('moment', '2026-03-28T14:00')).toEqual(at('2026-03-28T13:00:00.000Z'))
    expect(until('moment', '2026-03-28T13:00')).toMatchObject({
      kind: 'problem',
      text: expect.stringContaining('over'),
    })
    expect(until('moment', '2026-03-29T02:30')).toMatchObject({ text: expect.stringContaining('leave this time out') })
    expect(until('moment', '')).toMatchObject({ text: 'Say when the pause ends.' })
  })
})

describe('the next due times', () => {
  const items = [
    { job: 'c', at: '2026-03-28T14:00:00.000Z' },
    { job: 'a', at: '2026-03-28T12:10:00.000Z' },
    { job: 'never', at: null },
    { job: 'a', at: '2026-03-28T12:20:00.000Z' },
    { job: 'b', at: '2026-03-28T12:30:00.000Z' },
    { job: 'd', at: '2026-03-28T15:00:00.000Z' },
  ]

  it('are those of three jobs, each with what becomes of it', () => {
    const after = { kind: 'until', untilMs: Date.parse('2026-03-28T12:30:00.000Z') } as const
    expect(toNextDue(items, after).map(({ job, fate }) => [job, fate])).toEqual([
      ['a', 'suppressed'],
      ['b', 'runs'],
      ['c', 'runs'],
    ])
    expect(toNextDue(items, { kind: 'never', as: 'missed' })[0]?.fate).toBe('missed')
  })
})

describe('a run that was asked for', () => {
  const run = (given: object) =>
    ({
      kind: 'run',
      started_at: '2026-03-28T11:59:50.000Z',
      progress: null,
      error: null,
      duration_ms: 1_500,
      waiting_for: null,
      ...given,
    }) as LedgerEntryView

  it('is followed to its end', () => {
    expect(toOutcome(run({ state: 'running', started_at: '2026-03-28T12:00:00.000Z' }), NOW)).toEqual({
      detail: 'Claimed',
      step: 'accepted',
      isOver: false,
    })
    expect(toOutcome(run({ state: 'running' }), NOW).detail).toBe('Running for 10 s')
    const progress = { done: 2, total: 5, at: '' }
    expect(toOutcome(run({ state: 'running', progress }), NOW).detail).toBe('Running for 10 s, 2 of 5 done')
    expect(toOutcome(run({ state: 'succeeded' }), NOW)).toEqual({
      detail: 'Succeeded after 1.5 s',
      step: 'applied',
      isOver: true,
    })
  })

  it('says what it waits for, and why its last try failed', () => {
    const error = { code: 'X', name: 'Error', message: 'no rate' }
    const waiting = toOutcome(run({ state: 'running', waiting_for: 'attempt', error }), NOW)
    expect(waiting).toEqual({ detail: 'Waits for its next try: no rate', step: 'accepted', isOver: false })
    const released = toOutcome(run({ state: 'running', waiting_for: 'instance' }), NOW)
    expect(released.detail).toBe('Waits for an instance that takes it up')
    const queued = toOutcome(run({ state: 'queued', waiting_for: 'worker', started_at: null }), NOW)
    expect(queued).toEqual({ detail: 'Waits in a queue for a worker', step: 'accepted', isOver: false })
    const cancelled = toOutcome(run({ state: 'cancelled', started_at: null }), NOW)
    expect(cancelled).toMatchObject({ detail: 'Cancelled in its queue, before a worker had it', isOver: true })
  })

  it('says why it failed', () => {
    const error = { code: 'X', name: 'Error', message: 'no rate' }
    expect(toOutcome(run({ state: 'failed', error }), NOW)).toEqual({
      detail: 'Failed after 1.5 s: no rate',
      step: 'refused',
      isOver: true,
    })
  })
})

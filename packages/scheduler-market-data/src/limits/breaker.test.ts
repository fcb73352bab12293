import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Admission, type Breaker, type BreakerOptions, createBreaker, type Verdict } from './breaker.ts'

const WELL: Verdict = { kind: 'well' }
const UNWELL: Verdict = { kind: 'unwell', code: 'TIMEOUT' }
const TOLD = { kind: fc.constant('told-to-wait' as const), code: fc.constant('RATE_LIMITED' as const) }
const ABANDONED: Verdict = { kind: 'abandoned' }

function create(options: BreakerOptions = { failureThreshold: 2, openMs: 1_000, maxOpenMs: 3_000 }) {
  const clock = createManualClock()
  return { clock, breaker: createBreaker(clock, options) }
}

describe('a circuit breaker', () => {
  test('opens after consecutive failures, and only consecutive ones', () => {
    const { breaker } = create()
    send(breaker, UNWELL)
    send(breaker, WELL)
    send(breaker, UNWELL)
    expect(breaker.state).toBe('closed')
    send(breaker, UNWELL)
    expect(breaker.state).toBe('open')
    expect(breaker.admit()).toEqual({ kind: 'refused', reason: 'failing', waitMs: 1_000 })
  })

  test('lets one request through when the wait is over, and closes when it succeeds', async () => {
    const { clock, breaker } = create()
    send(breaker, UNWELL)
    send(breaker, UNWELL)
    await clock.advance(1_000)
    const probe = admitted(breaker)
    expect(breaker.state).toBe('half_open')
    expect(breaker.admit()).toMatchObject({ kind: 'refused' })
    probe.settle(WELL)
    expect(breaker.state).toBe('closed')
  })

  test('doubles the time that it stays open after each failed probe, up to its maximum', async () => {
    const { clock, breaker } = create()
    send(breaker, UNWELL)
    send(breaker, UNWELL)
    for (const openMs of [1_000, 2_000, 3_000, 3_000]) {
      expect(breaker.admit()).toMatchObject({ waitMs: openMs })
      await clock.advance(openMs)
      send(breaker, UNWELL)
    }
  })

  test('opens at once when the provider says to wait, for the time that the provider says', async () => {
    const { clock, breaker } = create()
    send(breaker, { kind: 'told-to-wait', code: 'RATE_LIMITED', waitMs: 7_000 })
    expect(breaker.admit()).toEqual({ kind: 'refused', reason: 'told-to-wait', waitMs: 7_000 })
    await clock.advance(7_000)
    send(breaker, WELL)
    expect(breaker.state).toBe('closed')
  })

  test('tells which refusal opened it, and for how long it stays open', async () => {
    const { clock, breaker } = create()
    send(breaker, UNWELL)
    expect(breaker.outage).toBeNull()
    send(breaker, { kind: 'unwell', code: 'HTTP_SERVER_ERROR' })
    expect(breaker.outage).toEqual({ code: 'HTTP_SERVER_ERROR', waitMs: 1_000 })
    await clock.advance(400)
    expect(breaker.outage?.waitMs).toBe(600)
    await clock.advance(2_000)
    expect(breaker.outage?.waitMs).toBe(0)
    const probe = admitted(breaker)
    expect(breaker.outage).toEqual({ code: 'HTTP_SERVER_ERROR', waitMs: 0 })
    probe.settle({ kind: 'told-to-wait', code: 'RATE_LIMITED', waitMs: 9_000 })
    expect(breaker.outage).toEqual({ code: 'RATE_LIMITED', waitMs: 9_000 })
    await clock.advance(9_000)
    send(breaker, WELL)
    expect(breaker.outage).toBeNull()
  })

  test('after an abandoned probe the next request may try', async () => {
    const { clock, breaker } = create()
    send(breaker, UNWELL)
    send(breaker, UNWELL)
    await clock.advance(1_000)
    send(breaker, ABANDONED)
    expect(breaker.state).toBe('open')
    send(breaker, WELL)
    expect(breaker.state).toBe('closed')
  })

  test('ignores the late outcome of a request that was admitted before the breaker opened', async () => {
    const { clock, breaker } = create()
    const late = admitted(breaker)
    send(breaker, UNWELL)
    send(breaker, UNWELL)
    await clock.advance(1_000)
    const probe = admitted(breaker)
    late.settle(WELL)
    expect(breaker.state).toBe('half_open')
    probe.settle(UNWELL)
    probe.settle(WELL)
    expect(breaker.state).toBe('open')
  })

  test('in any history: one probe at a time, and an open breaker admits a probe after some time', () => {
    const verdict = fc.oneof(
      fc.constantFrom(WELL, UNWELL, ABANDONED),
      fc.record({ ...TOLD, waitMs: fc.integer({ min: 0, max: 5_000 }) }),
    )
    const step = fc.record({ afterMs: fc.integer({ min: 0, max: 2_000 }), verdict, settlesLater: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const time = { now: 0 }
        const clock = { now: () => time.now, monotonic: () => time.now, setTimer: () => ({ cancel() {} }) }
        const breaker = createBreaker(clock, { failureThreshold: 2, openMs: 1_000, maxOpenMs: 3_000 })
        const underWay = steps.map(({ afterMs, verdict, settlesLater }) => {
          time.now += afterMs
          const admission = breaker.admit()
          if (admission.kind === 'refused') return () => {}
          if (breaker.state === 'half_open') expect(breaker.admit().kind).toBe('refused')
          if (!settlesLater) admission.settle(verdict)
          return () => admission.settle(verdict)
        })
        for (const settle of underWay) settle()
        time.now += 5_000
        expect(breaker.admit().kind).toBe('admitted')
      }),
      { numRuns: 1_000 },
    )
  })
})

function admitted(breaker: Breaker): Extract<Admission, { kind: 'admitted' }> {
  const admission = breaker.admit()
  if (admission.kind !== 'admitted') throw new Error('The breaker refused.')
  return admission
}

function send(breaker: Breaker, verdict: Verdict): void {
  admitted(breaker).settle(verdict)
}

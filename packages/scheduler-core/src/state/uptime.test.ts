import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OBSERVED_STATES } from '../reading/snapshot.ts'
import { createUptime } from './uptime.ts'

const up = fc.constantFrom(...OBSERVED_STATES.filter((state) => state !== 'stopped'))

it('is split by the states in which it passed, and starts again after a stop', async () => {
  const clock = createManualClock()
  const uptime = createUptime(clock)
  expect(uptime.read()).toEqual({ uptimeMs: 0, activeMs: 0, pausedMs: 0, erroredMs: 0 })
  uptime.observe('running')
  await clock.advance(60_400)
  uptime.observe('paused')
  await clock.advance(10_000)
  uptime.observe('error')
  await clock.advance(5_700)
  expect(uptime.read()).toEqual({ uptimeMs: 76_100, activeMs: 60_000, pausedMs: 10_000, erroredMs: 6_000 })
  uptime.observe('stopped')
  await clock.advance(5_000)
  expect(uptime.read().uptimeMs).toBe(0)
  uptime.observe('running')
  await clock.advance(1_000)
  expect(uptime.read()).toEqual({ uptimeMs: 1_000, activeMs: 1_000, pausedMs: 0, erroredMs: 0 })
})

it('has parts that never decrease and add up to its whole seconds, for all states at all times', async () => {
  const steps = fc.array(fc.record({ state: up, ms: fc.integer({ min: 0, max: 2_500 }) }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const clock = createManualClock()
      const uptime = createUptime(clock)
      let before = uptime.read()
      for (const { state, ms } of history) {
        uptime.observe(state)
        await clock.advance(ms)
        const now = uptime.read()
        for (const part of ['uptimeMs', 'activeMs', 'pausedMs', 'erroredMs'] as const)
          expect(now[part]).toBeGreaterThanOrEqual(before[part])
        const whole = Math.floor(now.uptimeMs / 1_000) * 1_000
        expect(now.activeMs + now.pausedMs + now.erroredMs).toBe(whole)
        before = now
      }
    }),
  )
})

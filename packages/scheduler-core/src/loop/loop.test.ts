import { setImmediate } from 'node:timers/promises'

import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { silentLogger } from '../ports/logger.ts'
import { createLoop } from './loop.ts'

function loopOf(runOnce: () => Promise<number>, retryMs = 1_000) {
  const clock = createManualClock()
  return { clock, loop: createLoop({ name: 'test', clock, logger: silentLogger, runOnce, retryMs }) }
}

describe('a loop', () => {
  it('runs at once, and again after the sleep that the round asked for', async () => {
    let rounds = 0
    const { clock, loop } = loopOf(async () => ++rounds * 100)
    loop.start()
    await clock.advance(0)
    expect(rounds).toBe(1)
    await clock.advance(99)
    expect(rounds).toBe(1)
    await clock.advance(1)
    expect(rounds).toBe(2)
    await loop.stop()
    await clock.advance(10_000)
    expect(rounds).toBe(2)
    expect(clock.pendingTimers).toBe(0)
  })

  it('sleeps half a minute at most, so that it runs again soon after the machine was suspended', async () => {
    let rounds = 0
    const { clock, loop } = loopOf(async () => {
      rounds++
      return Infinity
    })
    loop.start()
    for (let half = 0; half < 3; half++) await clock.advance(30_000)
    expect(rounds).toBe(4)
    await loop.stop()
  })

  it('logs a round that rejects, and tries again', async () => {
    let rounds = 0
    const { clock, loop } = loopOf(async () => {
      if (++rounds < 3) throw new Error('not yet')
      return Infinity
    }, 500)
    loop.start()
    await clock.advance(1_000)
    expect(rounds).toBe(3)
    await loop.stop()
  })

  it('runs another round at once when it was woken during a round', async () => {
    const gate = Promise.withResolvers<void>()
    let rounds = 0
    const { clock, loop } = loopOf(async () => {
      if (++rounds === 1) await gate.promise
      return Infinity
    })
    loop.start()
    loop.wake()
    gate.resolve()
    await clock.advance(0)
    expect(rounds).toBe(2)
    await loop.stop()
  })

  it('is asleep only when no round is under way or asked for', async () => {
    const gate = Promise.withResolvers<void>()
    let rounds = 0
    const { clock, loop } = loopOf(async () => {
      rounds++
      await gate.promise
      return Infinity
    })
    await loop.whenAsleep()
    loop.start()
    let asleep = false
    const waiting = loop.whenAsleep().then(() => {
      asleep = true
    })
    await clock.advance(0)
    expect(asleep).toBe(false)
    gate.resolve()
    await waiting
    loop.wake()
    await loop.whenAsleep()
    expect(rounds).toBe(2)
    await loop.stop()
  })

  it('counts as turning while it is idle, stopped, or slow, and not when a round is stuck', async () => {
    let gate: Promise<void> = Promise.resolve()
    let rounds = 0
    const { clock, loop } = loopOf(async () => {
      rounds++
      await gate
      return Infinity
    })
    expect(await loop.isTurning()).toBe(true)
    loop.start()
    await loop.whenAsleep()
    expect(await loop.isTurning()).toBe(true)
    expect(rounds).toBe(2)
    gate = new Promise(() => {})
    const slow = loop.isTurning()
    await clock.advance(500)
    expect(await slow).toBe(true)
    await clock.advance(60_000)
    const stuck = loop.isTurning()
    await clock.advance(500)
    expect(await stuck).toBe(false)
  })

  it('never has two rounds under way and leaves no timer, in any order of start, wake and stop', async () => {
    let underWay = 0
    let most = 0
    let rounds = 0
    const { clock, loop } = loopOf(async () => {
      rounds++
      most = Math.max(most, ++underWay)
      await setImmediate()
      underWay--
      return 10
    })
    for (let round = 0; round < 50; round++) {
      const callers = Array.from({ length: 10 }, async (_, index) => {
        if (index % 3 === 0) loop.start()
        else if (index % 3 === 1) loop.wake()
        else await loop.stop()
      })
      await Promise.all(callers)
      await clock.advance(10)
    }
    await loop.stop()
    expect(rounds).toBeGreaterThan(50)
    expect(most).toBe(1)
    expect(underWay).toBe(0)
    expect(clock.pendingTimers).toBe(0)
  })
})

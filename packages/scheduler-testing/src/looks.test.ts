import { describe, expect, it } from 'vitest'

import { createManualClock } from './manual-clock.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** A clock, and the instants, in seconds, at which a loop looks every five seconds. */
function looking({ quietAfterMs = 0, untilMs = Infinity, earlyMs = 0 } = {}) {
  const clock = createManualClock({ startAt: 0, earlyMs })
  const looks: number[] = []
  const look = () => {
    looks.push(clock.now() / SECOND)
    clock.setTimer(look, 5 * SECOND, { quietAfterMs, untilMs })
  }
  look()
  return { clock, looks }
}

describe('looks for changes on a manual clock', () => {
  it('of a quiet stretch, takes the first and the last, each when it is due', async () => {
    const { clock, looks } = looking()
    await clock.advance(HOUR + 2 * SECOND)
    expect(looks).toEqual([0, 5, 3600])
    await clock.advance(0)
    expect(looks).toEqual([0, 5, 3600])
    await clock.advance(3 * SECOND)
    expect(looks).toEqual([0, 5, 3600, 3605])
  })

  it('takes the first look after whatever else happens, and after each call of the test', async () => {
    const { clock, looks } = looking()
    clock.setTimer(() => {}, 100 * SECOND)
    clock.setTimer(() => {}, 1_002 * SECOND)
    await clock.advance(HOUR)
    expect(looks).toEqual([0, 5, 100, 105, 1_000, 1_005, 3_600])
    await clock.advance(12 * SECOND)
    expect(looks.slice(7)).toEqual([3_605, 3_610])
  })

  it('takes every look while one may still find something', async () => {
    const { clock, looks } = looking({ quietAfterMs: 20 * SECOND })
    await clock.advance(HOUR)
    expect(looks).toEqual([0, 5, 10, 15, 20, 25, 3_600])
  })

  it('takes a look at the very instant at which something is known to happen, and others look after it', async () => {
    const clock = createManualClock({ startAt: 0 })
    const fired: string[] = []
    const tell = (what: string) => fired.push(`${what} ${clock.now() / SECOND}`)
    const poll = () => {
      tell('poll')
      clock.setTimer(poll, 10 * SECOND, { quietAfterMs: 0, untilMs: Infinity })
    }
    const tick = () => {
      const untilMs = Math.max(0, 95 * SECOND - clock.now())
      tell('tick')
      if (untilMs > 0) clock.setTimer(tick, 30 * SECOND, { quietAfterMs: 0, untilMs })
    }
    poll()
    tick()
    await clock.advance(HOUR)
    expect(fired).toEqual(['poll 0', 'tick 0', 'poll 10', 'tick 30', 'poll 90', 'tick 95', 'poll 100', 'poll 3600'])
  })

  it('cancelled looks do not fire, and all that wait are counted', async () => {
    const clock = createManualClock({ startAt: 0 })
    const timer = clock.setTimer(() => expect.unreachable(), 5, { quietAfterMs: 0, untilMs: Infinity })
    clock.setTimer(() => {}, 9)
    expect([clock.pendingTimers, clock.nextTimerAt()]).toEqual([2, 5])
    timer.cancel()
    timer.cancel()
    expect([clock.pendingTimers, clock.nextTimerAt()]).toEqual([1, 9])
    await clock.advance(HOUR)
    expect(clock.nextTimerAt()).toBeNull()
  })

  it('looks that a host fires early keep their instants', async () => {
    const { clock, looks } = looking({ earlyMs: SECOND })
    await clock.advance(41 * SECOND)
    expect(looks).toEqual([0, 4, 40])
  })

  it('waits for I/O after a look also when another look of the same instant is left out', async () => {
    const clock = createManualClock({ startAt: 0 })
    const told: string[] = []
    const often = () => {
      told.push(`often ${clock.now()}`)
      clock.setTimer(often, 5, { quietAfterMs: 10, untilMs: Infinity })
    }
    const seldom = () => void clock.setTimer(seldom, 5, { quietAfterMs: 0, untilMs: Infinity })
    often()
    seldom()
    await clock.advance(12, async () => void told.push(`quiet ${clock.now()}`))
    expect(told).toEqual(['often 0', 'quiet 0', 'often 5', 'quiet 5', 'often 10', 'quiet 10', 'quiet 12'])
  })

  it('waits at each instant until the I/O that the test names is quiet', async () => {
    const clock = createManualClock({ startAt: 0 })
    const told: string[] = []
    for (const ms of [10, 10, 20]) clock.setTimer(() => told.push(`fires at ${clock.now()}`), ms)
    await clock.advance(30, async () => void told.push(`quiet at ${clock.now()}`))
    expect(told).toEqual([
      'quiet at 0',
      'fires at 10',
      'fires at 10',
      'quiet at 10',
      'fires at 20',
      'quiet at 20',
      'quiet at 30',
    ])
  })
})

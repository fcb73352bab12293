import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createManualClock } from './manual-clock.ts'

describe('a manual clock', () => {
  it('stands still until it is told to move', async () => {
    const clock = createManualClock({ startAt: 5_000_000 })
    const before = clock.monotonic()
    await clock.advance(0)
    expect(clock.now()).toBe(5_000_000)
    await clock.advance(250)
    expect(clock.now()).toBe(5_000_250)
    expect(clock.monotonic() - before).toBe(250)
  })

  it('takes a Date for its wall, and refuses one that is none', () => {
    const clock = createManualClock({ startAt: new Date(5_000) })
    expect(clock.now()).toBe(5_000)
    clock.setWall(new Date(7_000))
    expect(clock.now()).toBe(7_000)
    const refused = expect.objectContaining({ code: 'INVALID_OPTIONS' })
    expect(() => clock.setWall(new Date(Number.NaN))).toThrow(refused)
    expect(() => createManualClock({ startAt: new Date(Number.NaN) })).toThrow(refused)
  })

  it('fires timers in their order, each at its own instant, and those set on the way', async () => {
    const clock = createManualClock({ startAt: 0 })
    const seen: string[] = []
    const note = (what: string) => () => void seen.push(`${what}@${clock.now()}`)
    clock.setTimer(note('late'), 30)
    clock.setTimer(note('first'), 10)
    clock.setTimer(note('second'), 10)
    clock.setTimer(() => clock.setTimer(note('nested'), 5), 20)
    clock.setTimer(note('never'), 101)
    await clock.advance(100)
    expect(seen).toEqual(['first@10', 'second@10', 'nested@25', 'late@30'])
    expect(clock.pendingTimers).toBe(1)
    expect(clock.nextTimerAt()).toBe(101)
  })

  it('fires late what came due while it was stalled, and not before it goes on', async () => {
    const clock = createManualClock({ startAt: 0 })
    const firedAt: number[] = []
    for (const delay of [10, 20, 40]) clock.setTimer(() => void firedAt.push(clock.now()), delay)
    clock.stall(30)
    expect([clock.now(), firedAt]).toEqual([30, []])
    await clock.advance(10)
    expect(firedAt).toEqual([30, 30, 40])
  })

  it('lets promise chains run before the next timer fires', async () => {
    const clock = createManualClock()
    let awake = 0
    const loop = async () => {
      for (;;) {
        await new Promise<void>((resolve) => clock.setTimer(resolve, 10))
        for (let hop = 0; hop < 50; hop++) await Promise.resolve()
        awake++
      }
    }
    void loop()
    await clock.advance(1_000)
    expect(awake).toBe(100)
  })

  it('a timer that another one cancels at the same instant does not fire', async () => {
    const clock = createManualClock()
    let fired = false
    clock.setTimer(() => void Promise.resolve().then(() => victim.cancel()), 10)
    const victim = clock.setTimer(() => (fired = true), 10)
    await clock.advance(10)
    victim.cancel()
    expect(fired).toBe(false)
    expect(clock.pendingTimers).toBe(0)
    expect(clock.nextTimerAt()).toBeNull()
  })

  it('cancelling after it fired, or twice, changes no count', async () => {
    const clock = createManualClock()
    const done = clock.setTimer(() => {}, 1)
    const waiting = [100, 100, 100, 100].map((delay) => clock.setTimer(() => {}, delay))
    await clock.advance(1)
    done.cancel()
    expect(clock.pendingTimers).toBe(4)
    waiting[0]?.cancel()
    waiting[0]?.cancel()
    expect(clock.pendingTimers).toBe(3)
  })

  it('jumps its wall side alone: timers and durations do not notice', async () => {
    const clock = createManualClock({ startAt: 1_000_000 })
    let fired = false
    clock.setTimer(() => (fired = true), 100)
    const origin = clock.monotonic()
    clock.jumpWall(-3_600_000)
    await clock.advance(99)
    expect(fired).toBe(false)
    await clock.advance(1)
    expect(fired).toBe(true)
    expect(clock.monotonic() - origin).toBe(100)
    expect(clock.now()).toBe(1_000_000 - 3_600_000 + 100)
    clock.setWall(42)
    expect(clock.now()).toBe(42)
  })

  it('can fire early, as real hosts do', async () => {
    const clock = createManualClock({ startAt: 0, earlyMs: 2 })
    const seen: number[] = []
    clock.setTimer(() => {
      seen.push(clock.now())
      clock.setTimer(() => seen.push(clock.now()), 2)
    }, 10)
    await clock.advance(10)
    expect(seen).toEqual([8, 10])
  })

  it('refuses what no platform timer does as asked', async () => {
    const clock = createManualClock()
    expect(() => clock.setTimer(() => {}, 2 ** 31)).toThrow(RangeError)
    expect(() => clock.setTimer(() => {}, Number.NaN)).toThrow(RangeError)
    await expect(clock.advance(-1)).rejects.toThrow(RangeError)
    const first = clock.advance(1)
    await expect(clock.advance(1)).rejects.toThrow('already advancing')
    await first
  })

  it('rejects with what a callback threw, and goes on afterwards', async () => {
    const clock = createManualClock()
    clock.setTimer(() => {
      throw new Error('boom')
    }, 1)
    let fired = false
    clock.setTimer(() => (fired = true), 2)
    await expect(clock.advance(5)).rejects.toThrow('boom')
    await clock.advance(5)
    expect(fired).toBe(true)
  })

  it('any mix of timers and cancellations fires exactly the rest, in order', async () => {
    const plan = fc.array(fc.record({ delay: fc.nat(50), cancelled: fc.boolean() }), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(plan, async (timers) => {
        const clock = createManualClock({ startAt: 0 })
        const fired: { at: number; index: number }[] = []
        const set = timers.map(({ delay }, index) =>
          clock.setTimer(() => fired.push({ at: clock.now(), index }), delay),
        )
        timers.forEach(({ cancelled }, index) => {
          if (cancelled) set[index]?.cancel()
        })
        const expected = timers
          .map(({ delay, cancelled }, index) => ({ at: delay, index, cancelled }))
          .filter((timer) => !timer.cancelled)
          .sort((a, b) => a.at - b.at || a.index - b.index)
        expect(clock.pendingTimers).toBe(expected.length)
        await clock.advance(50)
        expect(fired).toEqual(expected.map(({ at, index }) => ({ at, index })))
      }),
    )
  })

  it('carries a hundred thousand timers', async () => {
    const clock = createManualClock()
    let fired = 0
    for (let timer = 0; timer < 100_000; timer++) clock.setTimer(() => fired++, (timer * 7_919) % 1_000)
    await clock.advance(1_000)
    expect(fired).toBe(100_000)
  })
})

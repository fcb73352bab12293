import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createAlarms } from './alarms.ts'

describe('alarms', () => {
  it('ring once, at their time', async () => {
    const clock = createManualClock()
    const alarms = createAlarms(clock)
    const rung: string[] = []
    alarms.set(200, () => rung.push('late'))
    alarms.set(100, () => rung.push('early'))
    await clock.advance(99)
    expect(rung).toEqual([])
    await clock.advance(1)
    expect(rung).toEqual(['early'])
    await clock.advance(1_000)
    expect(rung).toEqual(['early', 'late'])
  })

  it('ring when they are asked after their time: once, and no sooner', async () => {
    const clock = createManualClock()
    const rung: number[] = []
    const alarm = createAlarms(clock).set(100, (lateMs) => rung.push(lateMs))
    clock.stall(100)
    alarm.ringIfPast(clock.monotonic())
    expect(rung).toEqual([])
    clock.stall(50)
    alarm.ringIfPast(clock.monotonic())
    alarm.ringIfPast(clock.monotonic())
    await clock.advance(1_000)
    expect(rung).toEqual([50])
  })

  it('need one timer, however many are set', () => {
    const clock = createManualClock()
    const alarms = createAlarms(clock)
    for (let index = 0; index < 1_000; index++) alarms.set(1_000 + (index % 7), () => {})
    expect(clock.pendingTimers).toBe(1)
  })

  it('ring although an earlier one of the same delay was cancelled after it rang', async () => {
    const clock = createManualClock()
    const alarms = createAlarms(clock)
    const rung: string[] = []
    const first = alarms.set(100, () => rung.push('first'))
    await clock.advance(50)
    const second = alarms.set(100, () => rung.push('second'))
    await clock.advance(50)
    second.cancel()
    alarms.set(100, () => rung.push('third'))
    first.cancel()
    await clock.advance(100)
    expect(rung).toEqual(['first', 'third'])
  })

  it('ring at the same instants as separate timers, in any order of setting and cancelling', async () => {
    const settings = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 500 }),
        delay: fc.constantFrom(1, 50, 100, 333),
        cancelAt: fc.option(fc.integer({ min: 0, max: 800 })),
      }),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(settings, async (all) => {
        const clock = createManualClock({ startAt: 0 })
        const alarms = createAlarms(clock)
        const rung: (readonly [number, number])[] = []
        for (const [index, { at, delay, cancelAt }] of all.entries()) {
          clock.setTimer(() => {
            const alarm = alarms.set(delay, () => rung.push([index, clock.now()]))
            if (cancelAt !== null && cancelAt > at) clock.setTimer(() => alarm.cancel(), cancelAt - at)
          }, at)
        }
        await clock.advance(2_000)
        const expected = all.flatMap(({ at, delay, cancelAt }, index) =>
          cancelAt !== null && cancelAt > at && cancelAt < at + delay ? [] : [[index, at + delay] as const],
        )
        const unsure = new Set(
          all.flatMap(({ at, delay, cancelAt }, index) => (cancelAt === at + delay ? [index] : [])),
        )
        const certain = (list: (readonly [number, number])[]) =>
          list.filter(([index]) => !unsure.has(index)).sort((a, b) => a[0] - b[0])
        expect(certain(rung)).toEqual(certain(expected))
      }),
      { numRuns: 60 },
    )
  })
})

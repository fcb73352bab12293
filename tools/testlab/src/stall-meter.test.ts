import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

import { createStallMeter } from './stall-meter.ts'

it('adds up the time in which nothing could run, and tells it', async () => {
  const clock = createManualClock()
  const told: number[] = []
  const meter = createStallMeter({ clock, onStall: (ms) => told.push(ms) })
  await clock.advance(1_000)
  expect([meter.totalMs, told]).toEqual([0, []])

  clock.stall(425)
  await clock.advance(1_000)
  expect(meter).toMatchObject({ totalMs: 400, worstMs: 400 })
  for (let round = 0; round < 3; round++) {
    clock.stall(45)
    await clock.advance(25)
  }
  expect(meter).toMatchObject({ totalMs: 460, worstMs: 400 })
  expect(told).toEqual([400, 60])
  meter.stop()
  expect(clock.pendingTimers).toBe(0)
})

it('counts what a probe takes, also when it fails', async () => {
  const clock = createManualClock()
  const probe = async () => {
    await new Promise<void>((resolve) => void clock.setTimer(resolve, 100))
    throw new Error('no connection')
  }
  const meter = createStallMeter({ clock, probe })
  await clock.advance(125)
  expect(meter.totalMs).toBe(100)
  meter.stop()
})

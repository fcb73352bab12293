import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { createCorrectedClock } from './corrected-clock.ts'

const START = 1_757_988_000_000

function readingOf(
  clock: ReturnType<typeof createManualClock>,
  { ahead, roundTrip = 0 }: { ahead: number; roundTrip?: number },
) {
  const answeredAt = clock.monotonic()
  return { storeTime: clock.now() + ahead - roundTrip / 2, askedAt: answeredAt - roundTrip, answeredAt }
}

describe('a clock corrected by the store', () => {
  it('reads as the host until the store has told its time, and then as the store', async () => {
    const host = createManualClock({ startAt: START })
    const clock = createCorrectedClock(host)
    expect(clock.now()).toBe(START)
    clock.learn(readingOf(host, { ahead: 7_000, roundTrip: 40 }))
    expect(clock.now()).toBe(START + 7_000)
    await host.advance(1_000)
    expect(clock.now()).toBe(START + 8_000)
    expect(clock.skewMs).toBe(7_000)
  })

  it('ignores a difference that a slow answer can explain', () => {
    const host = createManualClock({ startAt: START })
    const clock = createCorrectedClock(host)
    clock.learn(readingOf(host, { ahead: 400, roundTrip: 1_000 }))
    expect(clock.skewMs).toBe(0)
    clock.learn(readingOf(host, { ahead: 99 }))
    expect(clock.skewMs).toBe(0)
  })

  it('follows the store when the clock of the host is set right', () => {
    const host = createManualClock({ startAt: START })
    const clock = createCorrectedClock(host)
    clock.learn(readingOf(host, { ahead: -60_000 }))
    host.jumpWall(-60_000)
    clock.learn(readingOf(host, { ahead: 0 }))
    expect(clock.skewMs).toBe(0)
  })
})

import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, HOUR, MINUTE, minutely, openStage, SECOND, T0 } from './stage.ts'

export function behavesWhenClocksJump<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('runs nothing twice and no interval falls silent when the wall is set back, ten times over', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    await stage.open((ctx) => void ran.push(ctx.scheduledFor))
    for (let round = 0; round < 10; round++) {
      await stage.pass(MINUTE)
      stage.clock.jumpWall(-HOUR)
      await stage.pass(MINUTE)
    }
    expect(ran).toHaveLength(20)
    expect(new Set(ran).size).toBe(20)
  })

  it('goes on at the interval after a restart with a wall that lies behind the ledger', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    const before = await stage.open((ctx) => void ran.push(ctx.scheduledFor))
    await stage.pass(2 * MINUTE)
    await before.close()
    stage.clock.jumpWall(-HOUR)
    await stage.open((ctx) => void ran.push(ctx.scheduledFor))
    await stage.pass(3 * MINUTE)
    expect(ran).toEqual([1, 2, 3, 4, 5].map((minute) => T0 + minute * MINUTE))
  })

  it('runs a cron pattern by the wall: an hour that is lived twice runs once', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    const schedule = { kind: 'cron', pattern: '30 * * * *', timezone: 'UTC' } as const
    const scheduler = stage.instance({ jobs: [minutely<S>((ctx) => void ran.push(ctx.scheduledFor), { schedule })] })
    await scheduler.open()
    await stage.pass(45 * MINUTE)
    stage.clock.jumpWall(-30 * MINUTE)
    await stage.pass(HOUR)
    expect(ran).toEqual([T0 + 30 * MINUTE])
    await stage.pass(30 * MINUTE)
    expect(ran).toEqual([T0 + 30 * MINUTE, T0 + 90 * MINUTE])
  })

  it('does not make up for an event loop that was blocked: one run, and the rest is on record', async () => {
    const stage = await openStage(createHarness)
    const started: (number | null)[] = []
    const scheduler = await stage.open((ctx) => void started.push(ctx.scheduledFor), {
      schedule: { kind: 'every', periodMs: SECOND, anchorAt: 0 },
    })
    await stage.pass(SECOND)
    for (let stall = 0; stall < 100; stall++) {
      stage.clock.stall((1 + (stall % 3)) * SECOND)
      await stage.pass(0)
      expect(started).toHaveLength(2 + 2 * stall)
      await stage.pass(SECOND)
      expect(started).toHaveLength(3 + 2 * stall)
    }
    const { missed, succeeded } = (await stage.snapshot(scheduler)).totals.lifetime
    expect([succeeded, new Set(started).size]).toEqual([201, 201])
    expect(missed).toBe(33 * (1 + 2))
  })

  it('waits for an instant more than a year away, and then runs it once', async () => {
    const stage = await openStage(createHarness)
    const at = T0 + 400 * 24 * HOUR
    const ran: number[] = []
    const scheduler = stage.instance({
      jobs: [minutely<S>(() => void ran.push(stage.clock.now()), { schedule: { kind: 'once', at } })],
    })
    await scheduler.open()
    expect((await stage.snapshot(scheduler)).scheduler.nextRunAt).toBe(at)
    stage.clock.jumpWall(at - T0 - MINUTE)
    await stage.pass(MINUTE - 1)
    expect(ran).toEqual([])
    await stage.pass(MINUTE)
    expect(ran).toEqual([at])
    expect(fates(await stage.ledger(scheduler))).toHaveLength(1)
  })
}

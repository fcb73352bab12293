import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, openStage, SECOND, T0 } from './stage.ts'

export function behavesWhenRunsMeet<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('skips a due time while the run before it goes on, with the reason', async () => {
    const stage = await openStage(createHarness)
    const first = Promise.withResolvers<void>()
    let calls = 0
    const scheduler = await stage.open(() => (calls++ === 0 ? first.promise : undefined))
    await stage.pass(2 * MINUTE)
    first.resolve()
    await stage.pass(MINUTE)

    const ledger = await stage.ledger(scheduler)
    expect(fates(ledger)).toEqual(['1 succeeded', '2 skipped', '3 succeeded'])
    expect(ledger[1]).toMatchObject({ reason: 'overlap' })
  })

  it('buffer-one runs the due time that waited as soon as the run before it is over', async () => {
    const stage = await openStage(createHarness)
    const first = Promise.withResolvers<void>()
    const started: number[] = []
    const scheduler = await stage.open(
      () => {
        started.push(stage.clock.now())
        return started.length === 1 ? first.promise : undefined
      },
      { overlapPolicy: 'buffer-one' },
    )
    await stage.pass(2.5 * MINUTE)
    first.resolve()
    await stage.pass(0)
    expect(started).toEqual([T0 + MINUTE, T0 + 2.5 * MINUTE])
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded'])
  })

  it('cancel-running ends the run before it and starts at once', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => ctx.scheduledFor === T0 + MINUTE && new Promise(() => {}), {
      overlapPolicy: 'cancel-running',
    })
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 cancelled', '2 succeeded'])
  })

  it('starts no more runs at a time than it may, those of higher priority first', async () => {
    const stage = await openStage(createHarness)
    const order: string[] = []
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const job = (name: string, priority: number) => ({
      name,
      priority,
      schedule: { kind: 'once', at: T0 + MINUTE } as const,
      handler: () => gates[order.push(name) - 1]?.promise,
    })
    const scheduler = stage.instance({ jobs: [job('low', 0), job('high', 9)], concurrency: 1 })
    await scheduler.open()
    await stage.pass(MINUTE + SECOND)
    expect(order).toEqual(['high'])
    gates[0]?.resolve()
    await stage.pass(0)
    expect(order).toEqual(['high', 'low'])
    gates[1]?.resolve()
  })
}

import { hostname } from 'node:os'

import type { Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, minutely, openStage, SECOND, type Stage, T0 } from './stage.ts'

/** Who is there: the instances as a snapshot lists them. */
export function listsItsInstances<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const states = async (stage: Stage<S>, scheduler: Scheduler) =>
    (await stage.snapshot(scheduler)).instances.map(({ state }) => state).sort()

  it('each has its host, process, version, role and state', async () => {
    const stage = await openStage(createHarness)
    const first = await stage.begin([minutely<S>(() => {})], 'r1')
    const second = await stage.begin([minutely<S>(() => {})], 'r2')
    const { instances, counts } = await stage.snapshot(second)
    const place = { host: hostname(), pid: process.pid, role: 'scheduler', state: 'running' }
    expect(instances).toHaveLength(2)
    for (const version of ['r1', 'r2'])
      expect(instances).toContainEqual(expect.objectContaining({ ...place, version, isCurrent: version === 'r2' }))
    expect(counts).toMatchObject({ instances: 2, liveInstances: 2 })
    await first.pause()
    expect(await states(stage, first)).toEqual(['paused', 'paused'])
  })

  it('one that closed is gone at once', async () => {
    const stage = await openStage(createHarness)
    const job = minutely<S>(() => {})
    const stays = await stage.begin([job])
    for (let restart = 0; restart < 3; restart++) await stage.life([job], SECOND)
    expect(await states(stage, stays)).toEqual(['running'])
    expect((await stage.snapshot(stays)).counts).toMatchObject({ instances: 1, liveInstances: 1 })
  })

  it('one that died is silent once its lease is over, and is gone after minutes', async () => {
    const stage = await openStage(createHarness)
    stage.tampered = true
    const observer = await stage.observe()
    const dies = stage.mortal([minutely<S>(() => {})])
    await dies.open()
    await stage.pass(SECOND)
    dies.kill()
    expect(await states(stage, observer)).toEqual(['running', 'running'])
    await stage.pass(2 * MINUTE)
    const { instances, counts } = await stage.snapshot(observer)
    expect(instances).toMatchObject([
      { role: 'scheduler', state: 'silent', isLive: false },
      { role: 'observer', isCurrent: true, isLive: true },
    ])
    expect(counts).toMatchObject({ instances: 1, liveInstances: 0 })
    await stage.pass(5 * MINUTE)
    expect((await stage.snapshot(observer)).instances).toMatchObject([{ role: 'observer' }])
    expect((await stage.snapshot(observer)).counts).toMatchObject({ instances: 0, liveInstances: 0 })
  })

  it('a stop that is accepted tells by the states of the instances when their runs have ended', async () => {
    const stage = await openStage(createHarness)
    const work = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => work.promise, { with: { graceMs: MINUTE } })
    await stage.pass(MINUTE)
    expect(await scheduler.stop({ resolveWhen: 'accepted' })).toMatchObject({ state: 'stopped', changed: true })
    expect(await states(stage, scheduler)).toEqual(['draining'])
    work.resolve()
    await stage.pass(SECOND)
    expect(await states(stage, scheduler)).toEqual(['stopped'])
  })

  it('a run goes on that the grace of a stop would have broken off, when a start came meanwhile', async () => {
    const stage = await openStage(createHarness)
    const work = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => work.promise, { with: { graceMs: 10 * SECOND } })
    await stage.pass(MINUTE)
    await scheduler.stop({ resolveWhen: 'accepted' })
    await scheduler.start()
    await stage.pass(20 * SECOND)
    expect(await states(stage, scheduler)).toEqual(['running'])
    work.resolve()
    await stage.pass(SECOND)
    expect((await stage.ledger(scheduler)).find(({ scheduledFor }) => scheduledFor === T0 + MINUTE)).toMatchObject({
      state: 'succeeded',
    })
  })
}

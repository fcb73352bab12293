import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { scriptedSnapshot } from '../../test/scripted-snapshot.ts'
import type { SchedulerSnapshot } from '../reading/snapshot.ts'
import { createSnapshotCache, type Present } from './snapshot-cache.ts'

/** A cache whose snapshots finish or fail when the story says so. */
function stage() {
  const clock = createManualClock()
  const flights: PromiseWithResolvers<SchedulerSnapshot>[] = []
  let sequence = 0
  let present: Present = { reasons: ['STORE_UNAVAILABLE'], sessions: scriptedSnapshot().sessions }
  const newId = () => `1-${++sequence}`
  const cache = createSnapshotCache({
    clock,
    newId,
    present: () => present,
    take() {
      const flight = Promise.withResolvers<SchedulerSnapshot>()
      flights.push(flight)
      return flight.promise
    },
  })
  return {
    clock,
    flights,
    cache,
    land: () => flights.at(-1)?.resolve(scriptedSnapshot({ id: newId() })),
    tell(reasons: readonly string[], ...units: readonly string[]) {
      const held = units.map((unit) => ({ unit, job: null, openedAt: clock.now() }))
      present = { reasons, sessions: { ...present.sessions, held } }
    },
    crash: () => flights.at(-1)?.reject(new Error('no store')),
  }
}

describe('the snapshots that readers share', () => {
  it('are taken once for all concurrent readers, and again only when the last one is too old', async () => {
    const { cache, clock, flights, land } = stage()
    const readers = [cache.read(1_000), cache.read(0), cache.read(1_000)]
    land()
    const readings = await Promise.all(readers)
    expect(readings.map(({ snapshot }) => snapshot.id)).toEqual(['1-1', '1-1', '1-1'])
    await clock.advance(999)
    expect(await cache.read(1_000)).toMatchObject({ stale: false, ageMs: 999 })
    expect(flights).toHaveLength(1)
    await clock.advance(1)
    const next = cache.read(1_000)
    land()
    expect(await next).toMatchObject({ snapshot: { id: '1-2' }, stale: false, ageMs: 0 })
  })

  it('are taken anew for readers after a change, even while one from before the change is under way', async () => {
    const { cache, flights, land } = stage()
    const first = cache.read(1_000)
    land()
    await first
    cache.expire()
    const before = cache.read(1_000)
    cache.expire()
    const after = cache.read(1_000)
    land()
    expect(await after).toMatchObject({ snapshot: { id: '1-2' }, stale: false })
    flights[1]?.resolve(scriptedSnapshot({ id: '1-old' }))
    expect(await before).toMatchObject({ snapshot: { id: '1-old' } })
    expect(await cache.read(1_000)).toMatchObject({ snapshot: { id: '1-2' }, stale: false })
    expect(flights).toHaveLength(3)
  })

  it('are not fresh when they began before a change and ended after it', async () => {
    const { cache, flights, land } = stage()
    const before = cache.read(1_000)
    cache.expire()
    land()
    await before
    const after = cache.read(1_000)
    land()
    expect(await after).toMatchObject({ snapshot: { id: '1-2' }, stale: false })
    expect(flights).toHaveLength(2)
  })

  it('stay fresh when one that began before a change fails late', async () => {
    const { cache, clock, flights, land } = stage()
    const first = cache.read(0)
    land()
    await first
    const before = cache.read(0)
    cache.expire()
    const after = cache.read(0)
    land()
    await after
    await clock.advance(600)
    flights[1]?.reject(new Error('no store'))
    await before
    await clock.advance(399)
    expect(await cache.read(1_000)).toMatchObject({ stale: false, ageMs: 999 })
    await clock.advance(1)
    const next = cache.read(1_000)
    land()
    expect(await next).toMatchObject({ stale: false, ageMs: 0 })
  })

  it('are taken at once after a change, also when the store has failed just before it', async () => {
    const { cache, crash, land } = stage()
    const first = cache.read(0)
    land()
    await first
    const failing = cache.read(0)
    crash()
    expect(await failing).toMatchObject({ stale: true, snapshot: { scheduler: { state: 'error' } } })
    expect(await cache.read(1_000)).toMatchObject({ stale: true })
    cache.expire()
    const after = cache.read(1_000)
    land()
    expect(await after).toMatchObject({ stale: false, snapshot: { scheduler: { state: 'running' } } })
  })

  it('reject with the failure as long as there was no snapshot', async () => {
    const { cache, crash, land } = stage()
    const first = cache.read(0)
    crash()
    await expect(first).rejects.toThrow('no store')
    const second = cache.read(0)
    land()
    expect(await second).toMatchObject({ stale: false })
  })

  it('are the last one, marked stale, while the store is slow; the next reader gets the late one', async () => {
    const { cache, clock, flights, land } = stage()
    const first = cache.read(0)
    land()
    const { snapshot } = await first
    const slow = cache.read(0)
    await clock.advance(200)
    expect(await slow).toEqual({ snapshot, stale: true, ageMs: 200 })
    land()
    await clock.advance(0)
    expect(await cache.read(1_000)).toMatchObject({ snapshot: { id: '1-2' }, stale: false })
    expect(flights).toHaveLength(2)
  })

  it('are the last one in the state error once the store has failed, under a new id that stays the same', async () => {
    const { cache, clock, flights, land, crash } = stage()
    const first = cache.read(0)
    land()
    await first
    await clock.advance(5_000)
    const failing = cache.read(1_000)
    crash()
    const stale = await failing
    expect(stale).toMatchObject({ stale: true, ageMs: 5_000 })
    expect(stale.snapshot).toMatchObject({ id: '1-2', scheduler: { state: 'error', reasons: ['STORE_UNAVAILABLE'] } })

    // The store is left alone for as long as a snapshot stays fresh, and then asked again.
    await clock.advance(999)
    expect((await cache.read(1_000)).snapshot).toBe(stale.snapshot)
    expect(flights).toHaveLength(2)
    await clock.advance(1)
    const again = cache.read(1_000)
    land()
    expect(await again).toMatchObject({ snapshot: { scheduler: { state: 'running' } }, stale: false })
  })

  it('name the present problems and the units that hold sessions, under one id as long as these stay the same', async () => {
    const { cache, flights, tell, land, crash } = stage()
    const first = cache.read(0)
    land()
    await first
    const read = async () => {
      const reading = cache.read(0)
      expect(flights.length).toBeGreaterThan(1)
      crash()
      const { id, scheduler, sessions } = (await reading).snapshot
      return { id, reasons: scheduler.reasons, held: sessions.held.map(({ unit }) => unit) }
    }
    tell(['STORE_UNAVAILABLE'], 'tick')
    const away = await read()
    expect(away.reasons).toEqual(['STORE_UNAVAILABLE'])
    tell(['STORE_UNAVAILABLE'], 'settle')
    expect((await read()).id).toBe(away.id)
    tell(['POOL_EXHAUSTED'], 'job:slow')
    const exhausted = await read()
    expect(exhausted).toMatchObject({ reasons: ['STORE_UNAVAILABLE', 'POOL_EXHAUSTED'], held: ['job:slow'] })
    expect((await read()).id).toBe(exhausted.id)
    tell(['POOL_EXHAUSTED'], 'job:slower')
    expect((await read()).held).toEqual(['job:slower'])
  })
})

import type { EpochMs } from '@pm/scheduler-core'
import { isOpenState, randomRunId, type StoreMeasures } from '@pm/scheduler-core/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DAY, HOUR, MINUTE, type Scene, type Stage, T0 } from '../harness/scene.ts'
import { forAnyHistory } from './any-history.ts'
import { instant, playHistory, STRETCH } from './random-history.ts'

export function pruning<S>(stage: Stage<S>): void {
  describe('prune', () => {
    it('deletes what was settled more than a day before an instant and keeps what was settled from then on', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const running = await scene.claim({ job: 'poll' })
      const before = T0 + 3 * DAY
      const gone = [before - 2 * DAY, before - DAY - HOUR, before - DAY - 1]
      const either = [before - DAY, before - DAY + 1, before - HOUR, before - 1]
      const kept = [before, before + 1, before + HOUR, before + 2 * DAY]
      for (const settledAt of [...gone, ...either, ...kept]) await settleOneAt(scene, settledAt)

      const deleted = await pruneAll(scene, before, 2)

      const left = await scene.entries()
      expect(left).toHaveLength(2 * (gone.length + either.length + kept.length) + 1 - deleted)
      const times = new Set(left.map(({ settledAt }) => settledAt))
      expect(gone.filter((at) => times.has(at))).toEqual([])
      expect(kept.filter((at) => !times.has(at))).toEqual([])
      expect(left.map(({ id }) => id)).toContain(running.id)
      expect(left.filter(({ settledAt }) => settledAt !== null && settledAt >= before)).toHaveLength(2 * kept.length)
    })

    it('erases what runs were given after a time of its own, so many at once, and keeps the runs', async () => {
      const scene = await stage.open()
      const other = scene.beside('other')
      for (const each of [scene, other]) await each.register(['poll'])
      const input = { to: 'ada', list: [1, 'two', null, { deep: true }], 'a "b" \\\\ {c},': -0.5 }
      const settle = async (of: Scene<S>, settledAt: EpochMs) => {
        const run = await of.claim({ job: 'poll', scheduledFor: null, id: randomRunId(), input })
        await of.settle(run, { settledAt })
        return run.id
      }
      const old = [await settle(scene, T0 + 1), await settle(scene, T0 + 2), await settle(scene, T0 + HOUR - 1)]
      const young = await settle(scene, T0 + HOUR)
      const foreign = await settle(other, T0 + 1)
      const running = await scene.claim({ job: 'poll', scheduledFor: null, id: randomRunId(), input })
      const { scheduler } = scene
      const terms = { scheduler, now: T0 + HOUR, before: T0, keepInputsAfter: T0 + HOUR, limit: 2 }
      const prune = () =>
        scene.unit((s) => scene.store.prune(s, { ...terms, keepBucketsAfter: T0, keepReceiptsAfter: T0 }))
      const inputsOf = () => Promise.all(old.map(async (id) => (await scene.run(id)).input))
      expect(await inputsOf()).toEqual([input, input, input])
      expect(await prune()).toBe(2)
      expect((await inputsOf()).filter((left) => left === null)).toHaveLength(2)
      expect(await prune()).toBe(1)
      expect(await inputsOf()).toEqual([null, null, null])
      for (const id of [young, running.id]) expect((await scene.run(id)).input).toEqual(input)
      expect((await other.run(foreign)).input).toEqual(input)
      expect((await scene.lock('poll')).jobs).toMatchObject([{ running: [{ id: running.id, input }] }])
    })

    it('deletes nothing twice, and nothing when all is young', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await settleOneAt(scene, T0 + HOUR)
      expect(await pruneAll(scene, T0 + HOUR, 100)).toBe(0)
      expect(await pruneAll(scene, T0 + 3 * DAY, 100)).toBe(2)
      expect(await pruneAll(scene, T0 + 9 * DAY, 100)).toBe(0)
    })

    it('leaves running runs, totals, control and its log alone', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const running = await scene.claim({ job: 'poll' })
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + 1 }), { state: 'failed' })
      await scene.command({ kind: 'pause', by: 'ops', why: null, until: null })
      const before = await scene.measures(T0 + 3 * DAY)

      expect(await pruneAll(scene, T0 + 3 * DAY, 100)).toBe(1)

      expect(await scene.measures(T0 + 3 * DAY)).toEqual(before)
      expect(await scene.settle(running)).toBe('settled')
      const { scheduler } = scene
      expect((await scene.unit((s) => scene.store.listLog(s, { scheduler, limit: 10 }))).items).toHaveLength(1)
    })

    it('deletes old commands, the oldest first and so many at once, and no younger one', async () => {
      const scene = await stage.open()
      const other = scene.beside('other')
      for (const each of [scene, other]) await each.register(['poll'])
      const given = [T0 + 1, T0 + 2, T0 + 3, T0 + HOUR, T0 + HOUR + 1]
      for (const each of [scene, other]) {
        const { scheduler, store } = each
        for (const now of given) {
          const command = { kind: 'start', by: 'ada', why: null } as const
          await each.unit((s) => store.applyCommand(s, { scheduler, command, now }))
        }
      }
      const { scheduler, store } = scene
      const terms = { scheduler, now: T0 + HOUR, before: T0, keepBucketsAfter: T0, keepReceiptsAfter: T0, limit: 2 }
      const prune = (more: { readonly keepLogAfter?: EpochMs } = {}) =>
        scene.unit((s) => store.prune(s, { ...terms, ...more }))
      const left = async (of: Scene<S>) => {
        const page = await of.unit((s) => of.store.listLog(s, { scheduler: of.scheduler, limit: 10 }))
        return page.items.map(({ at }) => at).reverse()
      }
      expect(await prune()).toBe(0)
      expect(await left(scene)).toEqual(given)
      expect(await prune({ keepLogAfter: T0 + HOUR })).toBe(2)
      expect(await left(scene)).toEqual(given.slice(2))
      expect(await prune({ keepLogAfter: T0 + HOUR })).toBe(1)
      expect(await prune({ keepLogAfter: T0 + HOUR })).toBe(0)
      expect(await left(scene)).toEqual([T0 + HOUR, T0 + HOUR + 1])
      expect(await left(other)).toEqual(given)
      await scene.command({ kind: 'stop', by: 'bob', why: null })
      expect(await scene.control()).toMatchObject({ version: 6, desired: 'stopped' })
    })

    it('touches no other scheduler', async () => {
      const scene = await stage.open()
      const other = scene.beside('other')
      for (const each of [scene, other]) {
        await each.register(['poll'])
        await each.settle(await each.claim({ job: 'poll' }))
      }
      await pruneAll(scene, T0 + 3 * DAY, 100)
      expect(await scene.entries()).toHaveLength(0)
      expect(await other.entries()).toHaveLength(1)
    })

    it('changes no window that begins at or after keepBucketsAfter, for any history', async () => {
      await forAnyHistory(stage, {
        given: fc.tuple(instant, fc.array(instant, { minLength: 1, maxLength: 4 })),
        async check(scene, plot, [keep, ends]) {
          const read = async () => {
            const windows = []
            for (const asOf of ends) windows.push(await windowsSince(scene, keep, asOf))
            return windows
          }
          await playHistory(scene, plot)
          const before = await read()
          await pruneAll(scene, keep, 7)
          expect(await read()).toEqual(before)
          const left = await scene.entries()
          const isYoung = (at: EpochMs | null) => at === null || at >= keep
          expect(left.filter(({ settledAt }) => settledAt !== null && settledAt < keep - DAY)).toEqual([])
          const young = plot.filter((each) =>
            isYoung(each.kind === 'run' && isOpenState(each.state) ? null : each.settledAt),
          )
          expect(left.filter(({ settledAt }) => isYoung(settledAt))).toHaveLength(young.length)
        },
      })
    })
  })
}

/** A run and a missed due time, both settled at this instant. */
async function settleOneAt<S>(scene: Scene<S>, settledAt: EpochMs): Promise<void> {
  const scheduledFor = ((await scene.lock('poll')).jobs[0]?.cursor ?? 0) + 1
  await scene.settle(await scene.claim({ job: 'poll', scheduledFor }), { settledAt })
  const due = { scheduledFor: scheduledFor + 1, through: scheduledFor + 1, dueCount: 1, settledAt }
  const missed = { id: randomRunId(), job: 'poll', state: 'missed', reason: null, ...due } as const
  await scene.record({ job: 'poll', unrun: [missed] })
}

/** Prunes until there is nothing left to delete. Answers how many entries were deleted. */
async function pruneAll<S>(scene: Scene<S>, before: EpochMs, limit: number): Promise<number> {
  const { scheduler, store } = scene
  const keep = { keepBucketsAfter: before, keepReceiptsAfter: before }
  let deleted = 0
  for (let last = 1; last > 0; deleted += last) {
    last = await scene.unit((s) => store.prune(s, { scheduler, now: before, before, ...keep, limit }))
  }
  return deleted
}

/** Every number of the windows that end at `asOf` and begin at `keep` or later. */
async function windowsSince<S>(scene: Scene<S>, keep: EpochMs, asOf: EpochMs): Promise<StoreMeasures | null> {
  if (asOf <= keep) return null
  const widths = { all: asOf - keep, hour: HOUR, minute: MINUTE, day: STRETCH.to - STRETCH.from - 3 * HOUR }
  const within = Object.entries(widths).filter(([, width]) => asOf - width >= keep)
  return scene.measures(asOf, Object.fromEntries(within))
}

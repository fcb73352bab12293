import type { EpochMs } from '@pm/scheduler-core'
import { randomRunId, type StoreMeasures } from '@pm/scheduler-core/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, SECOND, type Stage, T0 } from '../harness/scene.ts'
import { forAnyHistory } from './any-history.ts'
import { instant, playHistory, STRETCH } from './random-history.ts'

export function pruning<S>(stage: Stage<S>): void {
  describe('prune', () => {
    it('deletes settled entries from before an instant, in batches, and says how many', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      for (let minute = 0; minute < 5; minute++) {
        await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + minute * MINUTE }))
      }
      await scene.record({ job: 'poll', unrun: [{ ...MISSED, id: randomRunId() }] })
      const running = await scene.claim({ job: 'poll', scheduledFor: T0 - HOUR })
      const before = T0 + 3 * MINUTE + SECOND

      const counts = []
      for (let batch = 0; batch < 4; batch++) counts.push(await prune(scene, before, 2))

      expect(counts).toEqual([2, 2, 0, 0])
      const left = await scene.entries()
      expect(left.map(({ settledAt }) => settledAt).sort()).toEqual([before, before + MINUTE, null].sort())
      expect(left.map(({ id }) => id)).toContain(running.id)
    })

    it('leaves running runs, totals, control and its log alone', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const running = await scene.claim({ job: 'poll' })
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + 1 }), { state: 'failed' })
      await scene.command({ kind: 'pause', by: 'ops', why: null, until: null })
      const before = await scene.measures(T0 + 48 * HOUR)

      expect(await prune(scene, T0 + 48 * HOUR, 100)).toBe(1)

      expect(await scene.measures(T0 + 48 * HOUR)).toEqual(before)
      expect(await scene.settle(running)).toBe('settled')
      const { scheduler } = scene
      expect((await scene.unit((s) => scene.store.listLog(s, { scheduler, limit: 10 }))).items).toHaveLength(1)
    })

    it('touches no other scheduler', async () => {
      const scene = await stage.open()
      const other = scene.beside('other')
      for (const each of [scene, other]) {
        await each.register(['poll'])
        await each.settle(await each.claim({ job: 'poll' }))
      }
      await prune(scene, T0 + HOUR, 100)
      expect(await scene.entries()).toHaveLength(0)
      expect(await other.entries()).toHaveLength(1)
    })

    it('changes no window that begins at or after keepBucketsAfter, for any history', async () => {
      await forAnyHistory(stage, {
        given: fc.tuple(instant, fc.array(instant, { minLength: 1, maxLength: 4 })),
        async check(scene, plot, [keep, ends]) {
          const { scheduler, store } = scene
          const read = async () => {
            const windows = []
            for (const asOf of ends) windows.push(await windowsSince(scene, keep, asOf))
            return windows
          }
          await playHistory(scene, plot)
          const before = await read()
          const input = { scheduler, before: keep, keepBucketsAfter: keep, keepReceiptsAfter: keep, limit: 7 }
          while ((await scene.unit((s) => store.prune(s, input))) > 0);
          expect(await read()).toEqual(before)
          const left = await scene.entries()
          expect(left.filter(({ settledAt }) => settledAt !== null && settledAt < keep)).toEqual([])
          const kept = plot.filter(
            (each) => (each.kind === 'run' && each.state === 'running') || each.settledAt >= keep,
          )
          expect(left).toHaveLength(kept.length)
        },
      })
    })
  })
}

const MISSED = {
  job: 'poll',
  state: 'missed',
  reason: null,
  scheduledFor: T0 + 30,
  through: T0 + 30,
  dueCount: 1,
  settledAt: T0 + 30,
} as const

function prune<S>(scene: Scene<S>, before: EpochMs, limit: number): Promise<number> {
  const { scheduler } = scene
  const keep = { keepBucketsAfter: before, keepReceiptsAfter: before }
  return scene.unit((s) => scene.store.prune(s, { scheduler, before, ...keep, limit }))
}

/** Every number of the windows that end at `asOf` and begin at `keep` or later. */
async function windowsSince<S>(scene: Scene<S>, keep: EpochMs, asOf: EpochMs): Promise<StoreMeasures | null> {
  if (asOf <= keep) return null
  const widths = { all: asOf - keep, hour: HOUR, minute: MINUTE, day: STRETCH.to - STRETCH.from - 3 * HOUR }
  const within = Object.entries(widths).filter(([, width]) => asOf - width >= keep)
  return scene.measures(asOf, Object.fromEntries(within))
}

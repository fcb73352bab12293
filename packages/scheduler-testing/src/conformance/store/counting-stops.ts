import { EMPTY_CALL_TALLY, type MeasureSeries } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, type Stage, settlementOf, T0 } from '../harness/scene.ts'

/** Where every counter stops: the greatest whole number up to which all are exact. */
const MOST = Number.MAX_SAFE_INTEGER

export function stoppingToCount<S>(stage: Stage<S>): void {
  describe('sums beyond 2^53', () => {
    it('stop at 2^53 - 1 in the lifetime, in windows and in series, and everything else counts on', async () => {
      const scene = await stage.open()
      await scene.register(['absurd', 'poll'])
      for (let minute = 0; minute < 3; minute++) {
        const settledAt = T0 + minute * MINUTE + 1
        const [absurd, poll] = [await claimAt(scene, 'absurd', minute), await claimAt(scene, 'poll', minute)]
        const results = await scene.settleAll([
          settlementOf(absurd, { settledAt, items: ABSURD_ITEMS, calls: ABSURD_CALLS }),
          settlementOf(poll, { settledAt, items: { processed: 8, failed: 1, skipped: 0 } }),
        ])
        expect(results).toEqual(['settled', 'settled'])
      }
      expect((await scene.entries({ job: 'absurd' })).map((entry) => entry.kind === 'run' && entry.items)).toEqual(
        Array(3).fill(ABSURD_ITEMS),
      )

      // Bounds in the midst of minutes: the window is made of buckets and of rows at both of its ends.
      const { jobs, providers } = await scene.measures(T0 + 2 * MINUTE + 1, { all: HOUR, part: 2 * MINUTE })
      const [absurd, poll] = ['absurd', 'poll'].map((name) => jobs.find(({ job }) => job === name))
      const stopped = { succeeded: 3, attempts: 3, items_processed: MOST, items_failed: 15, items_skipped: MOST }
      expect(absurd).toMatchObject({ lifetime: stopped, windows: { all: stopped } })
      expect(absurd?.windows['part']).toMatchObject({ succeeded: 2, items_processed: MOST, items_skipped: MOST - 1 })
      const counted = { succeeded: 3, items_processed: 24, items_failed: 3, duration_ms: 3_000 }
      expect(poll).toMatchObject({ lifetime: counted, windows: { all: counted } })
      const called = { calls: 3, answered: 3, succeeded: 3, answered_ms: MOST }
      expect(providers).toMatchObject([{ provider: 'yahoo', lifetime: called, windows: { all: called } }])

      expect(processedIn(await series(scene, { stepMs: 3 * MINUTE, points: 1 }))).toEqual([MOST])
      expect(processedIn(await series(scene, { stepMs: MINUTE, points: 4, name: 'absurd' }))).toEqual([
        MOST,
        MOST,
        MOST,
        0,
      ])
      expect(processedIn(await series(scene, { stepMs: HOUR, points: 1, name: 'poll' }))).toEqual([24])
    })

    it('stop within one batch, however far beyond the columns of a database they would be', async () => {
      const scene = await stage.open()
      await scene.register(['absurd'])
      const wanted = Array.from({ length: 1_100 }, (_, at) =>
        scene.newRun({ job: 'absurd', scheduledFor: T0 + at * MINUTE }),
      )
      const runs = await scene.record({ job: 'absurd', claims: wanted })
      const results = await scene.settleAll(
        runs.map((run) => settlementOf(run, { items: ABSURD_ITEMS, calls: ABSURD_CALLS })),
      )
      expect(new Set(results)).toEqual(new Set(['settled']))
      const { jobs, providers } = await scene.measures(T0 + 24 * HOUR, { day: 24 * HOUR })
      const stopped = { succeeded: 1_100, items_processed: MOST, items_failed: 5_500 }
      expect(jobs).toMatchObject([{ lifetime: stopped, windows: { day: stopped } }])
      expect(providers).toMatchObject([{ lifetime: { calls: 1_100, answered_ms: MOST } }])
    })

    it('are as they were before a unit that fails, whether or not they had stopped', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const settle = async (minute: number, processed: number, fails?: 'fails') => {
        const run = await claimAt(scene, 'poll', minute)
        const settlements = [settlementOf(run, { items: { processed, failed: 0, skipped: 0 } })]
        const unit = scene.unit(async (session) => {
          await scene.store.settle(session, { scheduler: scene.scheduler, settlements })
          if (fails) throw new Error('Rolled back.')
        })
        await (fails ? expect(unit).rejects.toThrow('Rolled back.') : unit)
        const [job] = (await scene.measures(T0 + HOUR, { hour: HOUR })).jobs
        expect(job?.windows['hour']).toEqual(job?.lifetime)
        return job?.lifetime.items_processed
      }
      expect(await settle(0, MOST - 10)).toBe(MOST - 10)
      expect(await settle(1, 100, 'fails')).toBe(MOST - 10)
      expect(await settle(2, 4)).toBe(MOST - 6)
      expect(await settle(3, MOST)).toBe(MOST)
      expect(await settle(4, 7, 'fails')).toBe(MOST)
      expect(await settle(5, 7)).toBe(MOST)
    })
  })
}

const ABSURD_ITEMS = { processed: MOST, failed: 5, skipped: (MOST - 1) / 2 }
const ABSURD_CALLS = [
  { provider: 'yahoo', tally: { ...EMPTY_CALL_TALLY, calls: 1, answered: 1, succeeded: 1, answered_ms: MOST } },
]

function claimAt<S>(scene: Scene<S>, job: string, minute: number) {
  return scene.claim({ job, scheduledFor: T0 + minute * MINUTE })
}

interface Stretches {
  readonly stepMs: number
  readonly points: number
  readonly name?: string
}

/** Stretches from T0 on. */
async function series<S>({ scheduler, store, harness }: Scene<S>, stretches: Stretches): Promise<MeasureSeries> {
  const input = { scheduler, asOf: T0 + HOUR, windowsMs: {}, series: { of: 'run', after: T0, ...stretches } as const }
  const measures = await harness.sessions.withSession((s) => store.readMeasures(s, input), { unit: 'conformance' })
  return measures.series
}

function processedIn({ of, tallies }: MeasureSeries): readonly number[] {
  if (of !== 'run') throw new Error('These are no runs.')
  return tallies.map(({ items_processed }) => items_processed)
}

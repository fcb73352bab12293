import {
  addTallies,
  CALL_FACTS,
  EMPTY_RUN_TALLY,
  type InstanceId,
  RUN_FACTS,
  randomInstanceId,
  type SeriesQuery,
} from '@pm/scheduler-core/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countsOf } from '../harness/counts-of.ts'
import { HOUR, MINUTE, type Scene, type Stage, T0 } from '../harness/scene.ts'
import { forAnyHistory } from './any-history.ts'
import { countCalls, countRuns } from './measures-model.ts'
import { instant, JOBS, PROVIDERS, playHistory, STRETCH, telling } from './random-history.ts'
import { readable, recount, WINDOWS } from './recount.ts'

/** Any instant at all, or one at which a row enters or leaves a window. */
const asOfs = fc.oneof(
  instant.map((asOf) => () => asOf),
  telling(Object.values(WINDOWS)),
)

/** Stretches of a few minutes, or of whole hours, that begin on minutes or on hours and may reach beyond the history. */
const seriesQueries: fc.Arbitrary<SeriesQuery> = fc
  .record({
    of: fc.constantFrom('run' as const, 'call' as const),
    asked: fc.constantFrom('all' as const, 'one' as const, 'some' as const),
    unit: fc.constantFrom(MINUTE, HOUR),
    start: fc.nat(30),
    nudge: fc.constantFrom(0, 0, 7 * MINUTE),
    step: fc.integer({ min: 1, max: 90 }),
    points: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ of, asked, unit, start, nudge, step, points }) => ({
    of,
    ...(asked === 'one' && { name: of === 'run' ? JOBS[0] : PROVIDERS[0] }),
    ...(asked === 'some' && { names: ['nobody', ...(of === 'run' ? JOBS : PROVIDERS).slice(1)] }),
    after: STRETCH.from + start * HOUR + nudge,
    stepMs: step * unit,
    points,
  }))

export function measuring<S>(stage: Stage<S>): void {
  const { countedHistories } = stage.options
  describe('readMeasures', () => {
    it('counts what was settled in (asOf - W, asOf], to the millisecond', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const asOf = T0 + 2 * HOUR
      const instants = [asOf - HOUR - 1, asOf - HOUR, asOf - HOUR + 1, asOf - 1, asOf, asOf + 1]
      for (const [index, settledAt] of instants.entries()) {
        const run = await scene.claim({ job: 'poll', scheduledFor: T0 + index })
        await scene.settle(run, { settledAt, items: { processed: 10 ** index, failed: 0, skipped: 0 } })
      }
      const [job] = (await scene.measures(asOf, { hour: HOUR })).jobs
      expect(job?.windows['hour']?.items_processed).toBe(11_100)
      expect(job?.lifetime.items_processed).toBe(111_111)
    })

    it('has every job, run or not, and what is running now', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'never'])
      await scene.claim({ job: 'poll' })
      await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })
      const { jobs, providers } = await scene.measures(T0 + HOUR, WINDOWS)
      expect(jobs.map(({ job, running }) => [job, running]).sort()).toEqual([
        ['never', 0],
        ['poll', 2],
      ])
      const { startedAt } = await scene.claim({ job: 'poll', scheduledFor: T0 + 2 })
      const after = (await scene.measures(T0 + HOUR, WINDOWS)).jobs
      expect(after.map(({ job, latestStartAt }) => [job, latestStartAt]).sort()).toEqual([
        ['never', null],
        ['poll', startedAt],
      ])
      for (const job of jobs) {
        expect(job).toMatchObject({ lastRunAt: null, lastSuccessAt: null, lastFailureAt: null, consecutiveFailures: 0 })
        expect(Object.keys(job.windows).sort()).toEqual(Object.keys(WINDOWS).sort())
        expect(job.lifetime).toEqual(EMPTY_RUN_TALLY)
      }
      expect(providers).toEqual([])
    })

    it('agrees with a count of all rows, for any history, instant and window', async () => {
      await forAnyHistory(stage, {
        given: fc.array(asOfs, { minLength: 1, maxLength: 4, size: 'max' }),
        ...(countedHistories !== undefined && { histories: countedHistories }),
        async check(scene, plot, picks) {
          await playHistory(scene, plot)
          const entries = await scene.entries()
          expect(entries).toHaveLength(plot.length)
          for (const asOf of picks.map((pick) => pick(plot))) {
            expect(readable(await scene.measures(asOf, WINDOWS))).toEqual(recount(entries, plot, asOf))
          }
        },
      })
    })

    it('measures any series of whole minutes as it measures windows, for all together, for some and for one', async () => {
      await forAnyHistory(stage, {
        given: seriesQueries,
        async check(scene, plot, query) {
          await playHistory(scene, plot)
          const entries = await scene.entries()
          const names = query.of === 'run' ? JOBS : PROVIDERS
          const isOne = (name: string) => query.name === undefined || query.name === name
          const asked = names.filter((name) => isOne(name) && (query.names?.includes(name) ?? true))
          const expected = Array.from({ length: query.points }, (_, index) => {
            const after = query.after + index * query.stepMs
            const span = { after, upTo: after + query.stepMs }
            return query.of === 'run'
              ? addTallies(
                  RUN_FACTS,
                  asked.map((job) => countRuns(entries, job, span)),
                )
              : addTallies(
                  CALL_FACTS,
                  asked.map((provider) => countCalls(entries, provider, span)),
                )
          })
          const { scheduler, store } = scene
          const input = { scheduler, asOf: STRETCH.to, windowsMs: {}, series: query }
          const { series } = await scene.unit((s) => store.readMeasures(s, input), { readOnly: true })
          expect(series).toEqual({ of: query.of, tallies: expected })
        },
      })
    })

    it('knows the processes that have renewed leases, since when, and what they hold', async () => {
      const scene = await stage.open()
      const { scheduler, store, owner } = scene
      const other = randomInstanceId()
      await scene.register(['poll'])
      await scene.claim({ job: 'poll' })
      await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })
      const renew = (by: InstanceId, now: number) =>
        scene.unit((s) => store.renew(s, { scheduler, owner: by, leases: [], leaseUntil: now + HOUR, now }))
      expect((await scene.measures(T0 + HOUR)).instances).toEqual([])
      await renew(owner, T0 + 1)
      await renew(owner, T0 + 5)
      // A heartbeat that was held up on its way does not turn time back.
      await renew(owner, T0 + 4)
      await renew(other, T0 + 7)
      const byId = new Map((await scene.measures(T0 + HOUR)).instances.map((each) => [each.instance, each]))
      expect(byId.get(owner)).toEqual({
        instance: owner,
        firstSeenAt: T0 + 1,
        lastSeenAt: T0 + 5,
        leaseMs: HOUR,
        leftAt: null,
        timeZoneData: null,
        host: null,
        pid: null,
        version: null,
        ...NO_LOAD,
        running: 2,
      })
      expect(byId.get(other)).toEqual({
        instance: other,
        firstSeenAt: T0 + 7,
        lastSeenAt: T0 + 7,
        leaseMs: HOUR,
        leftAt: null,
        timeZoneData: null,
        host: null,
        pid: null,
        version: null,
        ...NO_LOAD,
        running: 0,
      })

      await scene.unit((s) =>
        store.prune(s, {
          scheduler,
          now: T0 + HOUR,
          before: T0 + 6,
          keepBucketsAfter: T0,
          keepReceiptsAfter: T0,
          limit: 10,
        }),
      )
      expect((await scene.measures(T0 + HOUR)).instances.map(({ instance }) => instance)).toEqual([other])
    })

    it('adds up: two adjacent windows are the window over both', async () => {
      await forAnyHistory(stage, {
        given: fc.tuple(asOfs, asOfs, asOfs),
        async check(scene, plot, picks) {
          await playHistory(scene, plot)
          const [a, b, c] = picks.map((pick) => pick(plot)).sort((one, other) => one - other) as [
            number,
            number,
            number,
          ]
          const older = await window(scene, a, b)
          const newer = await window(scene, b, c)
          const both = await window(scene, a, c)
          const sums = [...both].map(([key]) => [key, (older.get(key) ?? 0) + (newer.get(key) ?? 0)] as const)
          expect(new Map(sums)).toEqual(both)
        },
      })
    })
  })
}

/** What is known of an instance that only renewed leases. */
const NO_LOAD = { role: 'scheduler', concurrency: null, droppedMessages: 0, leftMessages: 0 } as const

/** Every count of a window by a name of its own: of each counter, and of each bucket of each histogram. */
async function window<S>(scene: Scene<S>, after: number, upTo: number): Promise<ReadonlyMap<string, number>> {
  const { jobs, providers } = await scene.measures(upTo, { w: upTo - after })
  const parts = [
    ...jobs.map(({ job, windows }) => [job, windows['w']] as const),
    ...providers.map(({ provider, windows }) => [provider, windows['w']] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(
    parts.flatMap(([name, tally]) => (tally ? countsOf(tally) : []).map(([key, n]) => [`${name}.${key}`, n] as const)),
  )
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HOUR, type Scene, type Stage, T0 } from '../scene.ts'
import { happenings, instant, playHistory, telling } from './random-history.ts'
import { readable, recount, WINDOWS } from './recount.ts'

/** Any instant at all, or one at which a row enters or leaves a window. */
const asOfs = fc.oneof(
  instant.map((asOf) => () => asOf),
  telling(Object.values(WINDOWS)),
)

export function measuring<S>(stage: Stage<S>): void {
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
      for (const job of jobs) {
        expect(job).toMatchObject({ lastRunAt: null, lastSuccessAt: null, lastFailureAt: null, consecutiveFailures: 0 })
        expect(Object.keys(job.windows).sort()).toEqual(Object.keys(WINDOWS).sort())
        expect(Object.values(job.lifetime).every((counter) => counter === 0)).toBe(true)
      }
      expect(providers).toEqual([])
    })

    it('agrees with a count of all rows, for any history, instant and window', async () => {
      const scene = await stage.open()
      let history = 0
      await fc.assert(
        fc.asyncProperty(
          happenings,
          fc.array(asOfs, { minLength: 1, maxLength: 8, size: 'max' }),
          async (plot, picks) => {
            const played = scene.beside(`history-${history++}`)
            await playHistory(played, plot)
            const entries = await played.entries()
            expect(entries).toHaveLength(plot.length)
            for (const asOf of picks.map((pick) => pick(plot))) {
              expect(readable(await played.measures(asOf, WINDOWS))).toEqual(recount(entries, plot, asOf))
            }
          },
        ),
        propertyOptions(stage),
      )
    })

    it('adds up: two adjacent windows are the window over both', async () => {
      const scene = await stage.open()
      let history = 0
      await fc.assert(
        fc.asyncProperty(happenings, fc.tuple(asOfs, asOfs, asOfs), async (plot, picks) => {
          const played = scene.beside(`history-${history++}`)
          await playHistory(played, plot)
          const [a, b, c] = picks.map((pick) => pick(plot)).sort((one, other) => one - other) as [
            number,
            number,
            number,
          ]
          const older = await window(played, a, b)
          const newer = await window(played, b, c)
          const both = await window(played, a, c)
          expect(Object.keys(both).map((key) => (older[key] ?? 0) + (newer[key] ?? 0))).toEqual(Object.values(both))
        }),
        propertyOptions(stage),
      )
    })
  })
}

function propertyOptions<S>({ options }: Stage<S>) {
  return { numRuns: options.histories, ...(options.seed !== undefined && { seed: options.seed }), endOnFailure: true }
}

async function window<S>(scene: Scene<S>, after: number, upTo: number): Promise<Record<string, number>> {
  const { jobs, providers } = await scene.measures(upTo, { w: upTo - after })
  const parts = [
    ...jobs.map(({ job, windows }) => [job, windows['w']] as const),
    ...providers.map(({ provider, windows }) => [provider, windows['w']] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    parts.flatMap(([name, tally]) => Object.entries(tally ?? {}).map(([counter, n]) => [`${name}.${counter}`, n])),
  )
}

import { type LedgerEntry, type Measures, randomRunId } from '@pm/scheduler-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, SECOND, type Stage, settlementOf, T0 } from '../scene.ts'
import { countCalls, countRuns } from './measures-model.ts'
import { type Happening, happenings, instant, JOBS, PROVIDERS, playHistory, telling } from './random-history.ts'

const WINDOWS = {
  recent: 24 * HOUR,
  last_hour: HOUR,
  minute: MINUTE,
  odd: 90_001,
  instant: 1,
  longer_than_all: 40 * HOUR,
}

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

    it('is one consistent read while others write', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 3 })
      await scene.register(['a', 'b'])
      let writing = true
      const writer = async () => {
        for (let round = 0; round < 60; round++) {
          const due = { scheduledFor: T0 + round, startedAt: T0 + round }
          const claims = await scene.record(
            { job: 'a', claims: [scene.newRun({ job: 'a', ...due })] },
            { job: 'b', claims: [scene.newRun({ job: 'b', ...due })] },
          )
          await scene.unit(async (session) => {
            for (const run of claims) {
              const { scheduler, store } = scene
              const calls = [{ provider: 'yahoo', tally: ONE_CALL }]
              await store.settle(session, { scheduler, settlements: [settlementOf(run, { calls })] })
            }
          })
        }
        writing = false
      }
      const reader = async () => {
        let last = 0
        do {
          const { jobs, providers } = await scene.measures(T0 + HOUR, { hour: HOUR })
          const [a, b] = jobs
          const total = a?.lifetime.succeeded ?? 0
          expect(b?.lifetime.succeeded).toBe(total)
          expect(b?.running).toBe(a?.running)
          expect([a?.windows['hour']?.succeeded, b?.windows['hour']?.succeeded]).toEqual([total, total])
          expect(providers[0]?.lifetime.calls ?? 0).toBe(2 * total)
          expect(total).toBeGreaterThanOrEqual(last)
          last = total
        } while (writing)
      }
      await Promise.all([writer(), reader(), reader()])
      expect((await scene.measures(T0 + HOUR)).jobs.map(({ lifetime }) => lifetime.succeeded)).toEqual([60, 60])
    })

    it('shows a read-only unit one state throughout', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const { scheduler, store } = scene
      await scene.unit(
        async (session) => {
          const read = async () => ({
            measures: await store.readMeasures(session, { scheduler, asOf: T0 + HOUR, windowsMs: WINDOWS }),
            entries: await store.listEntries(session, { scheduler, limit: 10 }),
            control: await store.readControl(session, { scheduler }),
            log: await store.listLog(session, { scheduler, limit: 10 }),
          })
          const before = await read()
          await scene.settle(run)
          await scene.record({
            job: 'poll',
            cursor: T0 + HOUR,
            claims: [scene.newRun({ job: 'poll', id: randomRunId(), scheduledFor: null })],
          })
          await scene.command({ kind: 'stop', by: 'ops', why: null })
          expect(await read()).toEqual(before)
        },
        { readOnly: true },
      )
      expect((await scene.measures(T0 + HOUR)).jobs[0]).toMatchObject({ running: 1, lifetime: { succeeded: 1 } })
    })

    it('never shows what is not committed', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      const before = await scene.measures(T0 + HOUR, WINDOWS)
      await scene.unit(async (session) => {
        const unrun = [{ ...MISSED, id: randomRunId(), job: 'poll' }]
        await scene.recordIn(session, { job: 'poll', claims: [scene.newRun({ job: 'poll' })], unrun })
        expect(await scene.measures(T0 + HOUR, WINDOWS)).toEqual(before)
        expect(await scene.entries()).toEqual([])
        const { scheduler, store } = scene
        const own = await store.readMeasures(session, { scheduler, asOf: T0 + HOUR, windowsMs: WINDOWS })
        expect(own.jobs[0]).toMatchObject({ running: 1, lifetime: { missed: 1 } })
      })
      expect((await scene.measures(T0 + HOUR, WINDOWS)).jobs[0]).toMatchObject({ running: 1, lifetime: { missed: 1 } })
    })
  })
}

function propertyOptions<S>({ options }: Stage<S>) {
  return { numRuns: options.histories, ...(options.seed !== undefined && { seed: options.seed }), endOnFailure: true }
}

/** The numbers of a reading, in the order of names, without those that the rows do not tell. */
function readable({ jobs, providers }: Measures) {
  return {
    jobs: [...jobs].sort((a, b) => (a.job < b.job ? -1 : 1)).map(({ cursor: _, ...job }) => job),
    providers: [...providers].sort((a, b) => (a.provider < b.provider ? -1 : 1)),
  }
}

/** The same numbers, counted from all rows. */
function recount(entries: readonly LedgerEntry[], plot: readonly Happening[], asOf: number) {
  const windows = <T>(measure: (span: { after: number; upTo: number }) => T) =>
    Object.fromEntries(Object.entries(WINDOWS).map(([name, ms]) => [name, measure({ after: asOf - ms, upTo: asOf })]))
  const runs = entries.flatMap((entry) => (entry.kind === 'run' ? [entry] : []))
  const latest = (instants: readonly (number | null)[]) => instants.reduce<number | null>(later, null)
  const jobs = [...JOBS].sort().map((job) => {
    const own = runs.filter((run) => run.job === job)
    const ended = (states: readonly string[]) =>
      latest(own.filter((r) => states.includes(r.state)).map((r) => r.settledAt))
    return {
      job,
      running: own.filter(({ state }) => state === 'running').length,
      lifetime: countRuns(entries, job),
      windows: windows((span) => countRuns(entries, job, span)),
      lastRunAt: latest(own.map(({ settledAt }) => settledAt)),
      lastSuccessAt: ended(['succeeded']),
      lastFailureAt: ended(FAILURES),
      consecutiveFailures: failingSuffix(plot.filter((each) => each.job === job)),
    }
  })
  const asked = PROVIDERS.filter((name) => runs.some((run) => run.calls.some(({ provider }) => provider === name)))
  const providers = asked.map((provider) => ({
    provider,
    lifetime: countCalls(entries, provider),
    windows: windows((span) => countCalls(entries, provider, span)),
    lastSuccessAt: latest(
      runs.map((run) =>
        run.calls.some((each) => each.provider === provider && each.tally.succeeded > 0) ? run.settledAt : null,
      ),
    ),
  }))
  return { jobs, providers }
}

const FAILURES: readonly string[] = ['failed', 'timed_out', 'orphaned']

/** How many failures end a job's history; cancelled runs say nothing about it. */
function failingSuffix(plot: readonly Happening[]): number {
  const telling = [...plot]
    .sort((a, b) => a.settledAt - b.settledAt)
    .flatMap((each) => (each.kind === 'run' && !['running', 'cancelled'].includes(each.state) ? [each.state] : []))
  return telling.length - 1 - telling.findLastIndex((state) => !FAILURES.includes(state))
}

function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a
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

const ONE_CALL = {
  calls: 1,
  answered: 1,
  succeeded: 1,
  failed: 0,
  rate_limited: 0,
  served_as_fallback: 0,
  answered_ms: 150,
}

const MISSED = {
  state: 'missed',
  reason: null,
  scheduledFor: T0 + 1,
  through: T0 + 1,
  dueCount: 1,
  settledAt: T0 + SECOND,
} as const

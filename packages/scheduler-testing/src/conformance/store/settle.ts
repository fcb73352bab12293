import { EMPTY_CALL_TALLY, randomRunId, type Settlement } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, SECOND, type Stage, settlementOf, T0 } from '../harness/scene.ts'

export function settling<S>(stage: Stage<S>): void {
  describe('settle', () => {
    it('writes the outcome to the ledger as it was given', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll', latenessMs: 7 })
      const outcome = FAILURE
      expect(await scene.settle(run, outcome)).toBe('settled')
      expect(await scene.run(run.id)).toMatchObject({ ...outcome, fence: run.fence, latenessMs: 7 })
    })

    it('answers a word-for-word repetition with already_settled, and counts it once', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const results = []
      for (let time = 0; time < 3; time++) results.push(await scene.settle(run, FAILURE))
      expect(results).toEqual(['settled', 'already_settled', 'already_settled'])
      const { jobs, providers } = await scene.measures(T0 + HOUR, { hour: HOUR })
      expect(jobs[0]).toMatchObject({ lifetime: { failed: 1, attempts: 3 }, windows: { hour: { failed: 1 } } })
      expect(providers).toMatchObject([{ provider: 'yahoo', lifetime: { calls: 2 } }])
    })

    const variants: Record<string, Partial<Settlement>> = {
      state: { state: 'timed_out' },
      settledAt: { settledAt: T0 + 2 },
      attempt: { attempt: 2 },
      durationMs: { durationMs: null },
      items: { items: { processed: 9, failed: 1, skipped: 3 } },
      calls: { calls: [] },
      progress: { progress: null },
      'the done of progress': { progress: { done: 7, total: 8, at: T0 } },
      error: { error: null },
      'the causes of the error': { error: { ...FAILURE.error, causes: [] } },
      'the SQLSTATE of the error': { error: { ...FAILURE.error, sqlState: '40001' } },
    }
    it.each(Object.entries(variants))(
      'fences a settlement that differs in %s from the one that stands',
      async (_, other) => {
        const scene = await stage.open()
        await scene.register(['poll'])
        const run = await scene.claim({ job: 'poll' })
        await scene.settle(run, FAILURE)
        const before = await scene.measures(T0 + HOUR)
        expect(await scene.settle(run, { ...FAILURE, ...other })).toBe('fenced')
        expect(await scene.measures(T0 + HOUR)).toEqual(before)
        expect(await scene.run(run.id)).toMatchObject(FAILURE)
      },
    )

    it('fences an owner whose fence is old, and a run that nobody claimed', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      expect(await scene.settle({ ...run, fence: run.fence - 1 })).toBe('fenced')
      expect(await scene.settle({ ...run, id: randomRunId() })).toBe('fenced')
      expect(await scene.run(run.id)).toMatchObject({ state: 'running' })
      expect(await scene.settle(run)).toBe('settled')
      expect(await scene.settle({ ...run, fence: run.fence - 1 })).toBe('fenced')
    })

    it('answers in the order of the settlements, whatever they are', async () => {
      const scene = await stage.open()
      await scene.register(['a', 'b'])
      const a = await scene.claim({ job: 'a' })
      const b = await scene.claim({ job: 'b' })
      const done = await scene.claim({ job: 'b', scheduledFor: T0 + 1 })
      await scene.settle(done)
      const settlements = [
        settlementOf({ ...a, fence: a.fence - 1 }),
        settlementOf(b),
        settlementOf(done),
        settlementOf(a),
        settlementOf(b),
        settlementOf({ ...a, id: randomRunId() }),
      ]
      expect(await scene.settleAll(settlements)).toEqual([
        'fenced',
        'settled',
        'already_settled',
        'settled',
        'already_settled',
        'fenced',
      ])
      const { jobs } = await scene.measures(T0 + HOUR)
      expect(jobs.map(({ lifetime }) => lifetime.succeeded).sort()).toEqual([1, 2])
      expect(await scene.settleAll([])).toEqual([])
    })

    it('keeps when a job last ran, succeeded and failed, and for how long it has been failing', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const picture: unknown[] = []
      const states = ['succeeded', 'failed', 'cancelled', 'timed_out', 'orphaned', 'succeeded'] as const
      for (const [minute, state] of states.entries()) {
        const run = await scene.claim({ job: 'poll', scheduledFor: T0 + minute * MINUTE })
        const error = state === 'succeeded' ? null : { code: `E${minute}`, name: 'Error', message: 'x' }
        await scene.settle(run, { state, error, settledAt: T0 + minute * MINUTE + SECOND })
        const [job] = (await scene.measures(T0 + HOUR)).jobs
        const minuteOf = (at: number | null | undefined) =>
          typeof at === 'number' ? (at - T0 - SECOND) / MINUTE : null
        const times = [job?.lastRunAt, job?.lastSuccessAt, job?.lastFailureAt].map(minuteOf)
        picture.push([job?.lastOutcome, ...times, job?.consecutiveFailures, job?.lastErrorCode])
      }
      expect(picture).toEqual([
        ['succeeded', 0, 0, null, 0, null],
        ['failed', 1, 0, 1, 1, 'E1'],
        ['cancelled', 2, 0, 1, 1, 'E1'],
        ['timed_out', 3, 0, 3, 2, 'E3'],
        ['orphaned', 4, 0, 4, 3, 'E4'],
        ['succeeded', 5, 5, 4, 0, 'E4'],
      ])
    })

    it('finds the failing suffix also inside one batch', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const states = ['failed', 'succeeded', 'failed', 'cancelled', 'failed'] as const
      const settlements: Settlement[] = []
      for (const [minute, state] of states.entries()) {
        const run = await scene.claim({ job: 'poll', scheduledFor: T0 + minute * MINUTE })
        settlements.push(settlementOf(run, { state }))
      }
      await scene.settleAll(settlements)
      expect((await scene.measures(T0 + HOUR)).jobs[0]).toMatchObject({
        consecutiveFailures: 2,
        lifetime: { failed: 3 },
      })
    })

    it('does not move the last instants back when an older outcome arrives late', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const early = await scene.claim({ job: 'poll' })
      const late = await scene.claim({ job: 'poll', scheduledFor: T0 + HOUR })
      await scene.settle(late)
      await scene.settle(early, { state: 'timed_out', error: null })
      expect((await scene.measures(T0 + 2 * HOUR)).jobs[0]).toMatchObject({
        lastOutcome: 'succeeded',
        lastFailureAt: early.startedAt + SECOND,
        lastRunAt: late.startedAt + SECOND,
        lastSuccessAt: late.startedAt + SECOND,
      })
    })

    it('adds up what providers were asked, and remembers when one last gave data', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const good = { ...EMPTY_CALL_TALLY, calls: 3, answered: 2, succeeded: 2, failed: 1, answered_ms: 300 }
      const refused = { ...EMPTY_CALL_TALLY, calls: 1, answered: 1, rate_limited: 1, answered_ms: 20 }
      const first = await scene.claim({ job: 'poll' })
      const second = await scene.claim({ job: 'poll', scheduledFor: T0 + MINUTE })
      const calls = [
        { provider: 'yahoo', tally: good },
        { provider: 'alpha', tally: refused },
      ]
      await scene.settle(first, { calls })
      await scene.settle(second, { calls: [{ provider: 'yahoo', tally: refused }] })
      const { providers } = await scene.measures(T0 + MINUTE + SECOND, { minute: MINUTE })
      const byName = [...providers].sort((a, b) => (a.provider < b.provider ? -1 : 1))
      expect(byName).toEqual([
        { provider: 'alpha', lifetime: refused, windows: { minute: EMPTY_CALL_TALLY }, lastSuccessAt: null },
        {
          provider: 'yahoo',
          lifetime: { ...good, calls: 4, answered: 3, rate_limited: 1, answered_ms: 320 },
          windows: { minute: refused },
          lastSuccessAt: T0 + SECOND,
        },
      ])
    })

    it('gives way to one of many that settle the same run at once', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const states = ['succeeded', 'failed', 'orphaned', 'timed_out', 'cancelled'] as const
      const results = await Promise.all(states.map((state) => scene.settle(run, { state })))
      expect(results.filter((result) => result === 'settled')).toHaveLength(1)
      expect(results.filter((result) => result === 'fenced')).toHaveLength(states.length - 1)
      const [job] = (await scene.measures(T0 + HOUR)).jobs
      expect(states.map((state) => job?.lifetime[state]).sort()).toEqual([0, 0, 0, 0, 1])
    })
  })
}

const FAILURE = {
  state: 'failed',
  settledAt: T0 + 1,
  attempt: 3,
  durationMs: 45,
  items: { processed: 8, failed: 2, skipped: 3 },
  calls: [{ provider: 'yahoo', tally: { ...EMPTY_CALL_TALLY, calls: 2, answered: 1, succeeded: 1, answered_ms: 44 } }],
  progress: { done: 7.5, total: 8, at: T0 },
  error: { code: 'HANDLER_FAILED', name: 'TypeError', message: 'it said: "naïve" \\ 💥' },
} satisfies Partial<Settlement>

import { SchedulerError, toAdminStatus } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { refusingOutcomesOf, refusingWrites, takingOnlyAscii, withLostAnswers, withSwitch } from './failing-store.ts'
import { fates, MINUTE, minutely, openStage, SECOND } from './stage.ts'

export function behavesWhenTheStoreFails<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('says error while the store is away, serves the last snapshot as stale, and comes back by itself', async () => {
    const stage = await openStage(createHarness)
    const { sessions, switchOff, switchOn } = withSwitch(stage.sessions)
    const scheduler = stage.instance({ jobs: [minutely<S>(() => {})], sessions, watchMs: SECOND })
    await scheduler.open()
    await stage.pass(MINUTE)
    await stage.snapshot(scheduler)

    switchOff()
    await stage.pass(2 * SECOND)
    expect(scheduler.state).toBe('error')
    await expect(scheduler.pause()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    const reading = await scheduler.snapshot({ maxAgeMs: 0 })
    expect(reading).toMatchObject({ stale: true, ageMs: 2 * SECOND })
    expect(toAdminStatus(reading.snapshot)).toMatchObject({ state: 'error', total_runs: 1 })

    await stage.pass(MINUTE)
    switchOn()
    await stage.pass(5 * SECOND)
    expect(scheduler.state).toBe('running')
    expect((await scheduler.snapshot({ maxAgeMs: 0 })).stale).toBe(false)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded'])
  })

  it('says error without a break while the store refuses writes and answers every read', async () => {
    const stage = await openStage(createHarness)
    const { store, refuse, accept } = refusingWrites(stage.store)
    const states: string[] = []
    const scheduler = stage.instance({ jobs: [minutely<S>(() => {})], store, watchMs: SECOND, sweepMs: SECOND })
    await scheduler.open()
    await stage.pass(MINUTE - SECOND)
    scheduler.on('state-changed', ({ to }) => states.push(to))
    refuse()
    await stage.pass(3 * SECOND)
    expect(states).toEqual(['error'])
    await stage.pass(MINUTE)
    expect((await scheduler.snapshot({ maxAgeMs: 0 })).stale).toBe(false)
    expect(states).toEqual(['error'])

    accept()
    await stage.pass(2 * SECOND)
    expect(states).toEqual(['error', 'running'])
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler)).at(-1)).toBe('3 succeeded')
  })

  it('keeps an outcome that could not be written until it can be', async () => {
    const stage = await openStage(createHarness)
    const { sessions, switchOff, switchOn } = withSwitch(stage.sessions)
    const gate = Promise.withResolvers<void>()
    const scheduler = stage.instance({ jobs: [minutely<S>(() => gate.promise)], sessions })
    await scheduler.open()
    await stage.pass(MINUTE)
    switchOff()
    gate.resolve()
    await stage.pass(3 * SECOND)
    switchOn()
    await stage.pass(3 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
  })

  it('holds back the one outcome that the store refuses, says so, and writes every other', async () => {
    const stage = await openStage(createHarness)
    const { store, accept } = refusingOutcomesOf(stage.store, 'poison')
    const gate = Promise.withResolvers<void>()
    const jobs = ['a', 'b', 'poison', 'c', 'd', 'e'].map((name) => {
      return minutely<S>(() => (name === 'c' ? undefined : gate.promise), { name, overlapPolicy: 'allow' })
    })
    const scheduler = stage.instance({ jobs, store, leaseMs: 15 * SECOND })
    const refused: unknown[] = []
    scheduler.on('outcome-refused', (event) => void refused.push(event))
    await scheduler.open()
    await stage.pass(MINUTE)
    gate.resolve()
    await stage.pass(10 * SECOND)

    const settled = async () => {
      const { items } = await scheduler.listRuns({ states: ['succeeded'] })
      return items.map(({ job }) => job).sort()
    }
    expect(await settled()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(refused).toMatchObject([{ job: 'poison', state: 'succeeded', error: { code: 'STORE_UNAVAILABLE' } }])
    expect(scheduler.state).toBe('running')
    expect((await stage.snapshot(scheduler)).scheduler.reasons).toEqual(['OUTCOME_REFUSED'])

    // What comes later does not wait either, and the run that is held back keeps its lease.
    await stage.pass(MINUTE)
    expect(await settled()).toEqual(['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd', 'e', 'e'])
    const { items: running } = await scheduler.listRuns({ states: ['running'] })
    expect(running.map(({ job }) => job)).toEqual(['poison', 'poison'])

    accept()
    await stage.pass(40 * SECOND)
    expect((await settled()).filter((job) => job === 'poison').length).toBeGreaterThanOrEqual(2)
    expect((await stage.snapshot(scheduler)).scheduler.reasons).toEqual([])
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({ orphaned: 0, failed: 0, missed: 0 })
  })

  it('leaves out of an outcome what the store can never take, says so, and the job goes on', async () => {
    const stage = await openStage(createHarness)
    const store: Store<S> = {
      ...stage.store,
      async settle(session, input) {
        // What an encoding lacks, anywhere in an outcome.
        if (/[^ -~]/.test(JSON.stringify(input.settlements))) {
          throw new SchedulerError('STORE_REFUSED', { operation: 'settle' })
        }
        return stage.store.settle(session, input)
      },
    }
    const call = { outcome: 'succeeded', answered: true, durationMs: 5 } as const
    const jobs = [
      minutely<S>(
        (ctx) => {
          ctx.report({ processed: 3 })
          ctx.recordCall({ provider: 'plain', ...call })
          ctx.recordCall({ provider: '東証', ...call })
        },
        { name: 'named' },
      ),
      minutely<S>(() => Promise.reject(new Error('quote of 東証 missing')), { name: 'failing' }),
      minutely<S>(() => {}, { name: 'sound' }),
    ]
    const scheduler = stage.instance({ jobs, store })
    const reduced: unknown[] = []
    scheduler.on('outcome-reduced', ({ job, leftOut }) => void reduced.push(`${job}: ${leftOut}`))
    await scheduler.open()
    await stage.pass(2 * MINUTE)

    const entries = await stage.ledger(scheduler)
    expect(fates(entries.filter(({ job }) => job === 'named'))).toEqual(['1 succeeded', '2 succeeded'])
    expect(fates(entries.filter(({ job }) => job === 'failing'))).toEqual(['1 failed', '2 failed'])
    expect(fates(entries.filter(({ job }) => job === 'sound'))).toEqual(['1 succeeded', '2 succeeded'])
    expect(entries.find(({ job }) => job === 'named')).toMatchObject({
      items: { processed: 3 },
      calls: [{ provider: 'plain' }],
    })
    const message = expect.stringMatching(/^quote of \? missing The database could not store all of this outcome/)
    expect(entries.find(({ job }) => job === 'failing')).toMatchObject({ error: { name: 'Error', message } })
    expect(new Set(reduced)).toEqual(new Set(['named: provider calls', 'failing: error text']))
    expect(scheduler.state).toBe('running')
    expect((await stage.snapshot(scheduler)).scheduler.reasons).toEqual([])
  })

  it.each(['renew', 'settle'] as const)(
    'leaves out of a failed attempt what the store can never take on %s: it is tried again, and no run loses its lease',
    async (refusing) => {
      const stage = await openStage(createHarness)
      const store = takingOnlyAscii(stage.store, refusing)
      const gate = Promise.withResolvers<void>()
      const jobs = [
        minutely<S>(({ attempt }) => attempt === 1 && Promise.reject(new Error('quote of 東証 missing')), {
          name: 'failing',
          retry: { maxAttempts: 2, backoffMs: SECOND },
        }),
        minutely<S>(() => gate.promise, { name: 'long' }),
      ]
      const scheduler = stage.instance({ jobs, store, leaseMs: 3 * SECOND })
      await scheduler.open()
      await stage.pass(MINUTE + 30 * SECOND)
      gate.resolve()
      await stage.pass(SECOND)
      const entries = await stage.ledger(scheduler)
      expect(fates(entries)).toEqual(['1 succeeded', '1 succeeded'])
      const past = [{ attempt: 1, outcome: 'failed', error: { message: 'quote of ? missing' } }]
      expect(entries.find(({ job }) => job === 'failing')).toMatchObject({ pastAttempts: past })
      expect(scheduler.state).toBe('running')
    },
  )

  it('holds back an outcome of which nothing more can be left out', async () => {
    const stage = await openStage(createHarness)
    const store: Store<S> = {
      ...stage.store,
      settle: () => Promise.reject(new SchedulerError('STORE_REFUSED', { operation: 'settle' })),
    }
    const scheduler = stage.instance({ jobs: [minutely<S>(() => {})], store })
    const refused: unknown[] = []
    scheduler.on('outcome-refused', ({ error }) => void refused.push(error))
    await scheduler.open()
    await stage.pass(MINUTE)
    expect(refused).toMatchObject([{ code: 'STORE_REFUSED', retryable: false }])
    expect((await stage.snapshot(scheduler)).scheduler.reasons).toEqual(['OUTCOME_REFUSED'])
  })

  it('writes what waits in batches again when the store was away for long', async () => {
    const stage = await openStage(createHarness)
    const { sessions, switchOff, switchOn } = withSwitch(stage.sessions)
    const sizes: number[] = []
    const store: Store<S> = {
      ...stage.store,
      async settle(session, input) {
        sizes.push(input.settlements.length)
        return stage.store.settle(session, input)
      },
    }
    const gate = Promise.withResolvers<void>()
    const jobs = Array.from({ length: 40 }, (_, index) => minutely<S>(() => gate.promise, { name: `job-${index}` }))
    const scheduler = stage.instance({ jobs, sessions, store, leaseMs: 10 * MINUTE })
    await scheduler.open()
    await stage.pass(MINUTE)
    switchOff()
    gate.resolve()
    await stage.pass(40 * SECOND)
    switchOn()
    await stage.pass(5 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(jobs.map(() => '1 succeeded'))
    expect(sizes.length).toBeLessThan(jobs.length / 2)
  })

  it('starts a claimed run whose claim was committed although the answer was lost, and settles it once', async () => {
    const stage = await openStage(createHarness)
    const ran: unknown[] = []
    const { sessions, loseNextAnswerOf } = withLostAnswers(stage.sessions)
    const scheduler = stage.instance({ jobs: [minutely<S>((ctx) => void ran.push(ctx.runId))], sessions })
    await scheduler.open()
    await stage.pass(MINUTE - SECOND)
    loseNextAnswerOf('tick')
    loseNextAnswerOf('settle')
    await stage.pass(5 * SECOND)
    expect(ran).toHaveLength(1)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({ succeeded: 1, due_started: 1, missed: 0 })
  })

  it('does not fall silent when a job is gone from the store for a while', async () => {
    const stage = await openStage(createHarness)
    let isGone = false
    const store: Store<S> = {
      ...stage.store,
      async lockJobs(session, input) {
        const locked = await stage.store.lockJobs(session, input)
        return isGone ? { ...locked, jobs: [] } : locked
      },
    }
    const scheduler = stage.instance({ jobs: [minutely<S>(() => {})], store })
    await scheduler.open()
    await stage.pass(MINUTE)
    isGone = true
    await stage.pass(2 * MINUTE)
    isGone = false
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 missed', '3 succeeded', '4 succeeded'])
  })

  it('commits what a handler wrote and its success together, or neither', async () => {
    const stage = await openStage(createHarness)
    let round = 0
    const scheduler = await stage.open(async (ctx) => {
      ctx.report({ processed: 1 })
      await ctx.withSession(async (session) => {
        await ctx.complete(session)
        if (++round === 2) throw new Error('the last statement failed')
      })
    })
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 failed'])
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({
      succeeded: 1,
      failed: 1,
      items_processed: 1,
    })
  })

  it('refuses a session that outlives its unit of work, by name', async () => {
    const stage = await openStage(createHarness)
    let kept: S | undefined
    const scheduler = await stage.open(async (ctx) => {
      if (kept) await ctx.complete(kept)
      await ctx.withSession(async (session) => {
        kept = session
      })
    })
    await stage.pass(2 * MINUTE)
    const ledger = await stage.ledger(scheduler)
    expect(fates(ledger)).toEqual(['1 succeeded', '2 failed'])
    expect(ledger[1]).toMatchObject({ error: { code: 'SESSION_CLOSED', message: expect.stringContaining('job:poll') } })
  })
}

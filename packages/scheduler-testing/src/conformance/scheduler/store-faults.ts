import { type SessionProvider, type Store, toAdminStatus } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness.ts'
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

/** Sessions that can be made to fail, as those of a database that went away. */
function withSwitch<S>(inner: SessionProvider<S>) {
  let isOff = false
  const sessions: SessionProvider<S> = {
    async withSession(work, options) {
      if (isOff) throw new Error('connection refused')
      return inner.withSession(work, options)
    },
  }
  return {
    sessions,
    switchOff() {
      isOff = true
    },
    switchOn() {
      isOff = false
    },
  }
}

/** Sessions whose commit succeeds and whose answer is lost on the way, once per named unit. */
function withLostAnswers<S>(inner: SessionProvider<S>) {
  const toLose = new Set<string>()
  const sessions: SessionProvider<S> = {
    async withSession(work, options) {
      const result = await inner.withSession(work, options)
      if (options?.unit && toLose.delete(options.unit)) throw new Error('connection reset after commit')
      return result
    },
  }
  return { sessions, loseNextAnswerOf: (unit: string) => void toLose.add(unit) }
}

import { every } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { openQueueStage } from './queue-stage.ts'
import { fates, HOUR, MINUTE, minutely, runs, SECOND, T0 } from './stage.ts'

/** Runs that a scheduler claims and workers execute: each due time once, whatever the engine does. */
export function handsRunsOver<S extends object>(createHarness: CreateStoreHarness<S>): void {
  describe.each([{ transactional: true }, { transactional: false }])('with an engine, $transactional', (engine) => {
    it('executes nothing itself; a worker takes each run over, once', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const ran: string[] = []
      const scheduler = await stage.scheduler([minutely(() => void ran.push('scheduler'))])
      const worker = await stage.worker([minutely(() => void ran.push('worker'))])
      await stage.pass(3 * MINUTE)
      expect(ran).toEqual(['worker', 'worker', 'worker'])
      const ledger = runs(await stage.ledger(scheduler))
      const common = { state: 'succeeded', trigger: 'schedule', attempt: 1, latenessMs: 0, queueWaitMs: 0 }
      expect(ledger).toMatchObject([1, 2, 3].map((at) => ({ ...common, scheduledFor: T0 + at * MINUTE })))
      expect(worker.health).toMatchObject({ reasons: [], running: 0, droppedMessages: 0, leftMessages: 0 })
      expect(stage.server.messages).toEqual([])
    })

    it('keeps a run queued until a worker comes, and counts its wait and its lateness', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const scheduler = await stage.scheduler([minutely(() => {})])
      await stage.pass(MINUTE + 20 * SECOND)
      const [queued] = runs(await stage.ledger(scheduler))
      const due = T0 + MINUTE
      expect(queued).toMatchObject({ state: 'queued', attempt: 0, queuedAt: due, startedAt: due, latenessMs: null })
      await stage.worker([minutely(() => {})])
      const [run] = runs(await stage.ledger(scheduler))
      const waited = 20 * SECOND
      expect(run).toMatchObject({ state: 'succeeded', attempt: 1, latenessMs: waited, queueWaitMs: waited })
      expect(run?.startedAt).toBe(due + waited)
    })

    it('starts each due time once, however often its message is brought', async () => {
      const stage = await openQueueStage(createHarness, engine)
      stage.server.setFate(() => 'double')
      let ran = 0
      const scheduler = await stage.scheduler([minutely(() => void ran++)])
      const workers = [
        await stage.worker([minutely(() => void ran++)]),
        await stage.worker([minutely(() => void ran++)]),
      ]
      await stage.pass(3 * MINUTE)
      expect(ran).toBe(3)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
      const dropped = workers.map(({ health }) => health.droppedMessages)
      expect(dropped.reduce((sum, each) => sum + each, 0)).toBe(3)
    })

    it('hands a run over again whose message was lost', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const scheduler = await stage.scheduler([minutely(() => {})], { queueTimeoutMs: 10 * SECOND })
      await stage.worker([minutely(() => {})])
      stage.server.setFate(() => 'lose')
      await stage.pass(MINUTE + 5 * SECOND)
      stage.server.setFate(() => 'bring')
      await stage.pass(15 * SECOND)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'succeeded', attempt: 1 }])
    })

    it('runs by hand, at first, and due times of the past', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const ran: unknown[] = []
      const job = minutely((ctx) => void ran.push([ctx.trigger, ctx.scheduledFor]), { runOnFirstOpen: true })
      const scheduler = await stage.scheduler([job])
      await stage.worker([job])
      await scheduler.runJob('poll')
      await stage.pass(0)
      expect(ran).toEqual([
        ['manual', null],
        ['manual', null],
      ])
      await scheduler.backfillJob('poll', { from: T0 - 3 * MINUTE, to: T0 })
      await stage.pass(10 * SECOND)
      expect(ran.slice(2)).toEqual([3, 2, 1].map((before) => ['backfill', T0 - before * MINUTE]))
    })

    it('hands the next due time of a backfill over soon after the last run has ended', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const job = minutely<S>(() => new Promise<void>((resolve) => stage.clock.setTimer(resolve, 100)))
      const scheduler = await stage.scheduler([job])
      await stage.worker([job])
      await scheduler.backfillJob('poll', { from: T0 - 30 * MINUTE, to: T0 })
      await stage.pass(10 * SECOND)
      expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).toEqual(Array(30).fill('succeeded'))
    })

    it('keeps no more runs of a backfill open than the concurrency', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const job = minutely(() => {}, { overlapPolicy: 'allow', schedule: every({ hours: 1 }) })
      const scheduler = await stage.scheduler([job], { concurrency: 3 })
      await scheduler.backfillJob('poll', { from: T0 - 8 * HOUR, to: T0 })
      await stage.pass(10 * SECOND)
      expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).toEqual(Array(3).fill('queued'))
      await stage.worker([job])
      await stage.pass(MINUTE)
      expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).toEqual(Array(8).fill('succeeded'))
    })

    it('hands over what it claimed while the engine was away, and says that it fails', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const scheduler = await stage.scheduler([minutely(() => {})])
      const worker = await stage.worker([minutely(() => {})])
      stage.server.fail(new Error('ECONNREFUSED'))
      await stage.pass(MINUTE + 5 * SECOND)
      expect((await stage.snapshot(scheduler)).scheduler.reasons).toContain('ENGINE_FAILING')
      const [claimed] = runs(await stage.ledger(scheduler))
      // The unit of the claim was rolled back, or the claim stands and waits for the engine.
      expect(claimed?.state).toBe(engine.transactional ? undefined : 'queued')
      stage.server.fail(null)
      await stage.pass(20 * SECOND)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
      expect((await stage.snapshot(scheduler)).scheduler.reasons).not.toContain('ENGINE_FAILING')
      expect(worker.health.reasons).toEqual([])
    })

    it('makes a queue again that was deleted', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const scheduler = await stage.scheduler([minutely(() => {})])
      await stage.worker([minutely(() => {})])
      stage.server.deleteQueue('default')
      await stage.pass(MINUTE + SECOND)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
    })

    it('has a queue for each group of jobs, also of those that come later', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const ran: string[] = []
      const job = (name: string, queue: string) => minutely(() => void ran.push(name), { name, queue })
      const scheduler = await stage.scheduler([job('a', 'reports'), job('b', 'mails')])
      const reports = await stage.worker([job('a', 'reports')])
      await stage.pass(MINUTE)
      expect(ran).toEqual(['a'])
      expect(reports.health).toMatchObject({ leftMessages: 0, droppedMessages: 0 })
      expect(stage.server.messages).toMatchObject([{ job: 'b', queue: 'mails' }])
      await scheduler.addJob(job('c', 'polls'))
      await reports.addJob(job('c', 'polls'))
      await stage.pass(MINUTE)
      expect(ran.sort()).toEqual(['a', 'a', 'c'])
    })
  })
}

import { describe, expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { openQueueStage } from './queue-stage.ts'
import { fates, MINUTE, minutely, runs, SECOND, WATCH } from './stage.ts'

const NOTHING = () => {}

/** What operators and policies do to runs that wait for a worker. */
export function commandsQueuedRuns<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const gated = () => {
    const gate = Promise.withResolvers<void>()
    return { job: minutely<S>(() => gate.promise), open: gate.resolve }
  }

  describe('overlap', () => {
    it('skips a due time while the run before waits for a worker', async () => {
      const stage = await openQueueStage(createHarness)
      const scheduler = await stage.scheduler([minutely(NOTHING)])
      await stage.pass(3 * MINUTE)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 queued', '2 skipped', '3 skipped'])
      await expect(scheduler.runJob('poll')).rejects.toMatchObject({ code: 'JOB_ALREADY_RUNNING' })
    })

    it('lets the latest due time wait behind a queued run', async () => {
      const stage = await openQueueStage(createHarness)
      const job = minutely<S>(NOTHING, { overlapPolicy: 'buffer-one' })
      const scheduler = await stage.scheduler([job])
      await stage.pass(3 * MINUTE + 10 * SECOND)
      await stage.worker([job])
      await stage.pass(5 * SECOND)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 skipped', '3 succeeded'])
    })

    it('cancels a queued run in place of which a newer one goes', async () => {
      const stage = await openQueueStage(createHarness)
      const job = minutely<S>(NOTHING, { overlapPolicy: 'cancel-running' })
      const scheduler = await stage.scheduler([job])
      await stage.pass(2 * MINUTE + SECOND)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 cancelled', '2 queued'])
      expect(stage.server.messages).toHaveLength(1)
      await stage.worker([job])
      const [first, second] = runs(await stage.ledger(scheduler))
      expect(first).toMatchObject({ attempt: 0, durationMs: null, latenessMs: null, queueWaitMs: null })
      expect(second).toMatchObject({ state: 'succeeded', attempt: 1 })
    })

    it('queues runs beside each other where they may overlap', async () => {
      const stage = await openQueueStage(createHarness)
      const job = minutely<S>(NOTHING, { overlapPolicy: 'allow' })
      const scheduler = await stage.scheduler([job])
      await stage.pass(3 * MINUTE)
      await stage.worker([job], { concurrency: 1 })
      await stage.pass(SECOND)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
    })
  })

  describe('cancel', () => {
    it.each([true, false])('ends a queued run at once, and takes its message back (transactional: %s)', async (is) => {
      const stage = await openQueueStage(createHarness, { transactional: is })
      const settled: unknown[] = []
      const scheduler = await stage.scheduler([minutely(NOTHING)])
      scheduler.on('run-settled', ({ state, attempt }) => settled.push({ state, attempt }))
      await stage.pass(MINUTE)
      const [queued] = runs(await stage.ledger(scheduler))
      if (!queued) throw new Error('It is queued.')
      await scheduler.cancelRun(queued.id)
      await stage.pass(0)
      expect(settled).toEqual([{ state: 'cancelled', attempt: 0 }])
      expect(stage.server.messages).toEqual([])
      const worker = await stage.worker([minutely(NOTHING)])
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 cancelled'])
      expect(worker.health.droppedMessages).toBe(0)
      await expect(scheduler.cancelRun(queued.id)).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' })
    })

    it('drops the message of a run that a process without an engine cancelled', async () => {
      const stage = await openQueueStage(createHarness)
      const scheduler = await stage.scheduler([minutely(NOTHING)])
      await stage.pass(MINUTE)
      const [queued] = runs(await stage.ledger(scheduler))
      if (!queued) throw new Error('It is queued.')
      const observer = await stage.observe()
      await observer.cancelRun(queued.id)
      const worker = await stage.worker([minutely(NOTHING)])
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 cancelled'])
      expect(worker.health.droppedMessages).toBe(1)
    })

    it('asks the worker that takes the run over at that very moment', async () => {
      const stage = await openQueueStage(createHarness)
      const { job } = gated()
      const scheduler = await stage.scheduler([job])
      await stage.pass(MINUTE)
      const [queued] = runs(await stage.ledger(scheduler))
      if (!queued) throw new Error('It is queued.')
      const opening = stage.worker([job])
      const cancelling = scheduler.cancelRun(queued.id)
      await Promise.all([opening, cancelling])
      await stage.pass(20 * SECOND)
      const [run] = runs(await stage.ledger(scheduler))
      expect(run).toMatchObject({ state: 'cancelled' })
      expect(stage.server.messages).toEqual([])
    })
  })

  describe('pause and stop', () => {
    it('leaves runs in the queue while the scheduler is paused, and goes on by itself', async () => {
      const stage = await openQueueStage(createHarness)
      const scheduler = await stage.scheduler([minutely(NOTHING)])
      await stage.pass(MINUTE)
      await scheduler.pause({ until: stage.clock.now() + 10 * MINUTE })
      const worker = await stage.worker([minutely(NOTHING)])
      await stage.pass(5 * MINUTE)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'queued' }])
      expect(worker.health).toMatchObject({ reasons: [], leftMessages: 0 })
      await stage.pass(5 * MINUTE + SECOND)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'succeeded', queueWaitMs: 10 * MINUTE }])
    })

    it('leaves the runs of a paused job, and takes those of others', async () => {
      const stage = await openQueueStage(createHarness)
      const jobs = [minutely<S>(NOTHING), minutely<S>(NOTHING, { name: 'other' })]
      const scheduler = await stage.scheduler(jobs)
      await stage.pass(MINUTE)
      await scheduler.pauseJob('poll')
      const worker = await stage.worker(jobs)
      await stage.pass(SECOND)
      const states = () =>
        stage.ledger(scheduler).then((all) =>
          runs(all)
            .map(({ job, state }) => `${job} ${state}`)
            .sort(),
        )
      expect(await states()).toEqual(['other succeeded', 'poll queued'])
      expect(worker.health.leftMessages).toBeGreaterThan(0)
      await scheduler.resumeJob('poll')
      await stage.pass(WATCH)
      expect(await states()).toEqual(['other succeeded', 'poll succeeded'])
    })

    it('takes nothing over while it is stopped; a stop waits for no queued run', async () => {
      const stage = await openQueueStage(createHarness)
      const scheduler = await stage.scheduler([minutely(NOTHING)])
      await stage.pass(MINUTE)
      await scheduler.stop()
      await stage.worker([minutely(NOTHING)])
      await stage.pass(30 * SECOND)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'queued' }])
      await scheduler.start()
      await stage.pass(MINUTE + WATCH)
      expect(fates(await stage.ledger(scheduler))[0]).toBe('1 succeeded')
    })
  })

  it('never has more runs in hand than it has places', async () => {
    const stage = await openQueueStage(createHarness)
    let [now, most] = [0, 0]
    const gate = Promise.withResolvers<void>()
    const jobs = Array.from({ length: 7 }, (_, at) =>
      minutely<S>(
        async () => {
          most = Math.max(most, ++now)
          await gate.promise
          now--
        },
        { name: `job-${at}` },
      ),
    )
    const scheduler = await stage.scheduler(jobs)
    const worker = await stage.worker(jobs, { concurrency: 3 })
    await stage.pass(MINUTE)
    expect(worker.health).toMatchObject({ running: 3, concurrency: 3 })
    gate.resolve()
    await stage.pass(SECOND)
    expect(runs(await stage.ledger(scheduler)).filter(({ state }) => state === 'succeeded')).toHaveLength(7)
    expect(most).toBe(3)
  })
}

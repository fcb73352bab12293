import { createScheduler, createWorker, cron, SchedulerError } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { openQueueStage } from './queue-stage.ts'
import { recordingLogger } from './recording-logger.ts'
import { fates, MINUTE, minutely, runs, SECOND } from './stage.ts'

const NOTHING = () => {}

/** An engine that does not answer, and instances of which one alone is left. */
export function outlivesEngines<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('opens nothing while the engine is away, and opens later', async () => {
    const stage = await openQueueStage(createHarness)
    const { sessions, store, clock, server } = stage
    const common = { name: 'market_data_scheduler', jobs: [minutely<S>(NOTHING)], sessions, store, clock, graceMs: 0 }
    const scheduler = createScheduler<S>({ ...common, engine: server.createEngine() })
    const worker = createWorker<S>({ ...common, engine: server.createEngine() })
    server.fail(new Error('ECONNREFUSED'))
    for (const one of [scheduler, worker]) {
      await expect(one.open()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE', retryable: true })
      expect(one.isOpen).toBe(false)
    }
    expect(worker.health.reasons).toContain('ENGINE_FAILING')
    server.fail(null)
    await scheduler.open()
    await worker.open()
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
    await stage.endWorker(worker)
    await stage.end(scheduler)
  })

  it('goes on with other jobs while the engine refuses the queue of one, and hands that over later', async () => {
    const stage = await openQueueStage(createHarness)
    const engine = stage.server.createEngine()
    let isRefused = true
    const ensureQueues: typeof engine.ensureQueues = async (queues) => {
      const about = { engine: 'memory', found: 'a foreign queue', supported: 'ours' }
      if (isRefused && queues.includes('foreign')) throw new SchedulerError('ENGINE_UNSUPPORTED', about)
      return engine.ensureQueues(queues)
    }
    const foreign = minutely<S>(NOTHING, { name: 'foreign', queue: 'foreign' })
    const scheduler = await stage.scheduler([minutely(NOTHING)], { engine: { ...engine, ensureQueues } })
    await stage.worker([minutely(NOTHING), foreign])
    await scheduler.addJob(foreign)
    await stage.pass(MINUTE + SECOND)
    const states = async () => runs(await stage.ledger(scheduler)).map(({ job, state }) => `${job} ${state}`)
    expect((await states()).sort()).toEqual(['foreign queued', 'poll succeeded'])
    expect((await stage.snapshot(scheduler)).scheduler.reasons).toContain('ENGINE_FAILING')
    isRefused = false
    await stage.pass(2 * MINUTE)
    expect(await states()).toContain('foreign succeeded')
    expect((await stage.snapshot(scheduler)).scheduler.reasons).not.toContain('ENGINE_FAILING')
  })

  it('consumes when the engine works again, and logs its failure once', async () => {
    const stage = await openQueueStage(createHarness)
    const { logger, lines } = recordingLogger()
    let failures = 5
    const engine = stage.server.createEngine()
    const consume: typeof engine.consume = async (consumer) => {
      if (failures-- > 0) throw new Error('ECONNRESET')
      return engine.consume(consumer)
    }
    const scheduler = await stage.scheduler([minutely(NOTHING)])
    const worker = await stage.worker([minutely(NOTHING)], { engine: { ...engine, consume }, logger })
    expect(worker.health.reasons).toEqual(['ENGINE_FAILING'])
    expect(await worker.isTurning()).toBe(true)
    await stage.pass(MINUTE)
    expect(worker.health.reasons).toEqual([])
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('is stopped for an observer when workers alone are left: nobody decides what is due', async () => {
    const stage = await openQueueStage(createHarness)
    const scheduler = await stage.scheduler([minutely(NOTHING)])
    await stage.worker([minutely(NOTHING)])
    const observer = await stage.observe()
    expect(observer.state).toBe('running')
    await stage.end(scheduler)
    await stage.pass(30 * SECOND)
    expect(observer.state).toBe('stopped')
    const waiting = await observer.runJob('poll')
    await stage.pass(10 * SECOND)
    // A worker takes up from the ledger what is open without an owner.
    expect(runs(await stage.ledger(observer))).toMatchObject([{ id: waiting.runId, state: 'succeeded' }])
  })

  it('leaves no due time to a worker for its newer time zone data', async () => {
    const stage = await openQueueStage(createHarness)
    const job = minutely<S>(NOTHING, { schedule: cron('* * * * *', { timezone: 'Europe/Berlin' }) })
    const scheduler = await stage.scheduler([job], { timeZoneData: '2024a' })
    await stage.worker([job], { timeZoneData: '2099z' })
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded'])
  })

  it('resolves when a worker has nothing under way, and when a scheduler has nothing to hand over', async () => {
    const stage = await openQueueStage(createHarness, { transactional: false })
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.scheduler([minutely(() => gate.promise)])
    const worker = await stage.worker([minutely(() => gate.promise)])
    await stage.pass(MINUTE)
    let isIdle = false
    const idle = worker.whenIdle().then(() => {
      isIdle = true
    })
    await scheduler.whenIdle()
    expect([isIdle, worker.health.running]).toEqual([false, 1])
    gate.resolve()
    await stage.pass(0)
    await idle
    expect(worker.health.running).toBe(0)
  })

  it('opens again what was closed, with the queue of a job that has moved meanwhile', async () => {
    const stage = await openQueueStage(createHarness)
    const scheduler = await stage.scheduler([minutely(NOTHING)])
    const worker = await stage.worker([minutely(NOTHING)])
    await stage.pass(MINUTE)
    await stage.endWorker(worker)
    await stage.end(scheduler)
    stage.server.deleteQueue('default')
    await scheduler.open()
    await worker.open()
    await stage.pass(MINUTE)
    const later = minutely<S>(NOTHING, { queue: 'later' })
    await scheduler.replaceJob(later)
    await worker.replaceJob(later)
    await stage.pass(MINUTE + SECOND)
    const ledger = await stage.ledger(scheduler)
    expect(runs(ledger).map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(worker).toMatchObject({ isOpen: true, health: { reasons: [], leftMessages: 0 } })
  })

  it('hands over what a scheduler had claimed and could not hand over before it ended', async () => {
    const stage = await openQueueStage(createHarness, { transactional: false })
    const overlapPolicy = 'allow'
    const first = await stage.scheduler([minutely(NOTHING, { overlapPolicy })])
    stage.server.fail(new Error('ECONNRESET'))
    await stage.pass(MINUTE)
    await stage.end(first)
    stage.server.fail(null)
    expect(stage.server.messages).toEqual([])
    const second = await stage.scheduler([minutely(NOTHING, { overlapPolicy })])
    await stage.worker([minutely(NOTHING, { overlapPolicy })])
    await stage.pass(MINUTE + 10 * SECOND)
    expect(fates(await stage.ledger(second))).toEqual(['1 succeeded', '2 succeeded'])
  })
}

import {
  createMemoryBackend,
  createScheduler,
  createWorker,
  defineJobTemplate,
  type MemorySession,
  type RunContext,
  z,
} from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createManualClock } from '../manual-clock.ts'
import { createMemoryEngine } from '../memory-engine/create-memory-engine.ts'
import { FAILPOINTS, type FailpointName } from './failpoint-names.ts'
import { createFailpoints, type FailpointOptions } from './failpoints.ts'

const MINUTE = 60_000

it('stand at every step of a scheduler: a life that does everything passes each, and opens no unit that has none', async () => {
  const { failpoints, scheduler, clock, workThroughQueue } = setUp()
  await liveFully(scheduler, clock)
  await workThroughQueue()
  expect(FAILPOINTS.filter((name) => !failpoints.passed.has(name))).toEqual([])
  expect([...failpoints.unknownUnits]).toEqual([])
  expect(FAILPOINTS).toHaveLength((24 + 22 + 16) * 2 + 3)
})

it('strike at the nth passing, and once', async () => {
  const died: FailpointName[] = []
  const { failpoints, scheduler, clock } = setUp({ at: 'store:record:after', nth: 2, die: (at) => died.push(at) })
  await scheduler.open()
  await clock.advance(MINUTE)
  expect(died).toEqual([])
  await clock.advance(3 * MINUTE)
  expect(died).toEqual(['store:record:after'])
  expect(failpoints.passed.get('store:record:after')).toBeGreaterThan(2)
  await endOf(scheduler, clock)
})

it('let a history be told before the process is gone, and only of the death itself', async () => {
  const order: string[] = []
  const { failpoints, scheduler, clock } = setUp({
    at: 'store:record:after',
    nth: 2,
    onDying: (at) => order.push(`dying at ${at}`),
    die: (at) => order.push(`dead at ${at}`),
  })
  await scheduler.open()
  await clock.advance(4 * MINUTE)
  expect(failpoints.passed.get('store:record:after')).toBeGreaterThan(2)
  expect(order).toEqual(['dying at store:record:after', 'dead at store:record:after'])
  await endOf(scheduler, clock)
})

it('tell a call in one unit of work from the same call in another', async () => {
  const died: FailpointName[] = []
  const options = { at: 'store:settle:after', during: 'rescue', die: (at: FailpointName) => died.push(at) } as const
  const { failpoints, scheduler, clock } = setUp(options)
  await liveFully(scheduler, clock)
  expect(failpoints.passed.get('store:settle:after')).toBeGreaterThan(0)
  expect(died).toEqual([])
})

it('report a unit of work that the list does not have', async () => {
  const { sessions } = createMemoryBackend()
  const failpoints = createFailpoints()
  await failpoints.sessions(sessions).withSession(async () => {}, { unit: 'vacuum' })
  expect([...failpoints.unknownUnits]).toEqual(['vacuum'])
})

function setUp(options: FailpointOptions = {}) {
  const failpoints = createFailpoints(options)
  const { sessions, store } = createMemoryBackend()
  const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2, 0, 30) })
  const scheduler = createScheduler<MemorySession>({
    name: 'market_data_scheduler',
    sessions: failpoints.sessions(sessions),
    store: failpoints.store(store),
    clock,
    templates: [defineJobTemplate<MemorySession>({ name: 'report', params: z.object({}), handler: () => {} })],
    jobs: [
      {
        name: 'poll',
        schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 },
        overlapPolicy: 'allow',
        onOrphan: 'rerun',
        retry: { maxAttempts: 2 },
        handler: failpoints.handler(async (ctx: RunContext<MemorySession>) => {
          await ctx.withSession(async () => {})
          if (ctx.trigger === 'manual') await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve))
        }),
      },
    ],
  })
  return { failpoints, scheduler, clock, workThroughQueue }

  /** A due time of another scheduler, whose run an engine carries to a worker. */
  async function workThroughQueue(): Promise<void> {
    const engines = createMemoryEngine({ sessions, clock })
    const common = { name: 'queued_scheduler', sessions: failpoints.sessions(engines.sessions) }
    const queued = { ...common, store: failpoints.store(store), clock, jobs: [JOB] }
    const sender = createScheduler<MemorySession>({ ...queued, engine: engines.createEngine() })
    const worker = createWorker<MemorySession>({ ...queued, engine: engines.createEngine() })
    await sender.open()
    await worker.open()
    await clock.advance(2 * MINUTE)
    const closing = Promise.all([worker.close({ graceMs: 0 }), sender.close({ graceMs: 0 })])
    await clock.advance(5_000)
    await closing
  }
}

const JOB = { name: 'send', schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 }, handler: () => {} } as const

type Life = ReturnType<typeof setUp>

async function liveFully(scheduler: Life['scheduler'], clock: Life['clock']): Promise<void> {
  await scheduler.open()
  await clock.advance(MINUTE)
  const { runId } = await scheduler.runJob('poll')
  await scheduler.cancelRun(runId)
  await scheduler.pauseJob('poll')
  await scheduler.resumeJob('poll')
  await scheduler.pause()
  await scheduler.resume()
  await scheduler.stop()
  await scheduler.start()
  await scheduler.snapshot()
  await scheduler.listRuns()
  await scheduler.listLog()
  await scheduler.configure({ concurrency: 7 })
  await scheduler.configureJob('poll', { timeoutMs: MINUTE })
  const past = { from: clock.now() - 10 * MINUTE, to: clock.now() }
  await scheduler.backfillJob('poll', past)
  await scheduler.cancelBackfill('poll')
  await scheduler.preview('poll', 3)
  await scheduler.explain('poll', past.from)
  await scheduler.audit(past)
  await scheduler.dueTimes('poll', past)
  await scheduler.addJob({ name: 'parting', schedule: null, handler: async () => {} })
  await scheduler.removeJob('parting')
  await scheduler.forgetJob('parting', { why: 'nobody needs it' })
  await scheduler.createJobs([{ template: 'report', name: 'made', schedule: null }])
  await scheduler.updateJobs([{ name: 'made', priority: 1 }])
  await scheduler.removeJobs(['made'])
  await clock.advance(MINUTE)
  // A run that the close breaks off is taken up by the next opening.
  await scheduler.runJob('poll')
  await endOf(scheduler, clock)
  await scheduler.open()
  await clock.advance(MINUTE)
  await endOf(scheduler, clock)
}

async function endOf(scheduler: Life['scheduler'], clock: Life['clock']): Promise<void> {
  const closing = scheduler.close({ graceMs: 0 })
  await clock.advance(1_000)
  await closing
}

import {
  createMemoryBackend,
  createScheduler,
  type MemorySession,
  type RunContext,
  SchedulerError,
  type SessionProvider,
  toAdminStatusV2,
  toMarketDataStatusV2,
} from '@pm/scheduler-core'
import { createFetchHandler } from '@pm/scheduler-core/http'
import { expect, it, onTestFinished } from 'vitest'

import { createManualClock, type ManualClock } from '../src/manual-clock.ts'

const ACQUIRE_MS = 2_000

it('names the job whose handler holds the last session of the pool, and since when, until there are sessions again', async () => {
  const { scheduler, clock, holding, release, warnings } = await stage()
  const heldSince = clock.now()
  await clock.advance(500)
  const reading = scheduler.snapshot({ maxAgeMs: 0 })
  await clock.advance(ACQUIRE_MS)
  await reading
  await holding

  const stuck = await readWhileTimePasses()
  const admin = toAdminStatusV2(stuck)
  expect(admin).toMatchObject({
    stale: true,
    scheduler: { state: 'error', health: { status: 'fail', reasons: ['STORE_UNAVAILABLE', 'POOL_EXHAUSTED'] } },
    sessions: { open: 1, held: [{ unit: 'job:slow', opened_at: new Date(heldSince).toISOString() }] },
  })
  expect(JSON.stringify(toMarketDataStatusV2(stuck))).not.toContain('slow')
  expect(warnings()).toEqual([
    expect.objectContaining({ held: [{ unit: 'job:slow', job: 'slow', sinceMs: expect.any(Number) }] }),
  ])

  release()
  await clock.advance(5_000)
  const { snapshot, stale } = await readWhileTimePasses()
  expect([stale, snapshot.scheduler.reasons, snapshot.sessions.held]).toEqual([false, [], []])

  async function readWhileTimePasses() {
    const again = scheduler.snapshot({ maxAgeMs: 0 })
    await clock.advance(200)
    return again
  }
})

it('tells probes that it is so, and names no job to them', async () => {
  const { scheduler, clock } = await stage()
  const reading = scheduler.snapshot({ maxAgeMs: 0 })
  await clock.advance(ACQUIRE_MS)
  await reading
  const anybody = createFetchHandler(scheduler, { view: 'health', clock })
  const operators = createFetchHandler(scheduler, {
    view: 'health',
    clock,
    authorize: () => ({ allow: true, principal: { name: 'ada' } }),
  })
  expect(await ask(anybody)).toBe('{"status":"fail"}')
  expect(await ask(operators)).toBe('{"status":"fail","reasons":["STORE_UNAVAILABLE","POOL_EXHAUSTED"]}')

  async function ask(handler: (request: Request) => Promise<Response>): Promise<string> {
    const answer = handler(new Request('http://localhost/health/ready'))
    await clock.advance(1_000)
    return (await answer).text()
  }
})

/** A scheduler on a pool of one session, which the handler of the job slow holds. */
async function stage() {
  const clock = createManualClock()
  const { sessions, store } = createMemoryBackend()
  const gate = Promise.withResolvers<void>()
  const holding = Promise.withResolvers<void>()
  const warned: object[] = []
  const note = () => {}
  const scheduler = createScheduler<MemorySession>({
    name: 'narrow',
    clock,
    store,
    sessions: poolOfOne(sessions, clock),
    graceMs: 0,
    logger: { debug: note, info: note, error: note, warn: (fields) => void warned.push(fields) },
    jobs: [
      {
        name: 'slow',
        schedule: { kind: 'every', periodMs: 60_000, anchorAt: 0 },
        handler: (context: RunContext<MemorySession>) =>
          context.withSession(() => {
            holding.resolve()
            return gate.promise
          }),
      },
    ],
  })
  onTestFinished(async () => {
    gate.resolve()
    const closing = scheduler.close()
    await clock.advance(3_000)
    await closing
  })
  await scheduler.open()
  await clock.advance(0)
  await scheduler.snapshot({ maxAgeMs: 0 })
  await clock.advance(60_000 - (clock.now() % 60_000))
  return {
    scheduler,
    clock,
    holding: holding.promise,
    release: () => gate.resolve(),
    warnings: () => warned.filter((fields) => 'held' in fields),
  }
}

/** Hands out one session at a time, and has others wait for a while. */
function poolOfOne<S>(inner: SessionProvider<S>, clock: ManualClock): SessionProvider<S> {
  const queue = new Set<() => void>()
  let isBusy = false

  function turn(): Promise<void> {
    if (!isBusy) {
      isBusy = true
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const timer = clock.setTimer(() => {
        reject(new SchedulerError('STORE_UNAVAILABLE', { operation: 'no session in time' }))
        queue.delete(next)
      }, ACQUIRE_MS)
      const next = () => {
        timer.cancel()
        queue.delete(next)
        resolve()
      }
      queue.add(next)
    })
  }

  function giveBack(): void {
    const [next] = queue
    if (next) next()
    else isBusy = false
  }

  return {
    async withSession(work, options) {
      await turn()
      try {
        return await inner.withSession(work, options)
      } finally {
        giveBack()
      }
    },
    pool: () => ({ size: 1, idle: isBusy ? 0 : 1, waiting: queue.size }),
  }
}

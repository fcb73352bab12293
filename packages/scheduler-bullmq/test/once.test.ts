import { setTimeout as wait } from 'node:timers/promises'

import {
  createMemoryBackend,
  createScheduler,
  createWorker,
  every,
  type HostWorker,
  type JobOptions,
  type LedgerEntry,
  type MemorySession,
  type Scheduler,
  type SessionProvider,
} from '@pm/scheduler-core'
import { createManualClock, createTcpProxy } from '@pm/scheduler-testing'
import { hasRedis, type Redis } from '@pm/testlab/redis'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createBullmqEngine } from '../src/index.ts'
import { message, openRedis } from './stage.ts'

const NAME = 'once'
const JOBS = 8
const SECONDS = 60
const QUEUE_TIMEOUT_MS = 5_000

describe.skipIf(!hasRedis('that no run begins twice on BullMQ'))('a scheduler and workers on BullMQ', () => {
  it('run each due time once, whatever dies, is lost or comes twice', async () => {
    const redis = await openRedis()
    const stage = await openStage(redis)
    const workers = [await stage.worker(), await stage.worker(), await stage.worker()]
    const kill = async (...some: readonly number[]) => {
      for (const at of some) await workers[at]?.kill()
    }
    const faults: Readonly<Record<number, () => Promise<unknown>>> = {
      8: () => kill(0),
      12: async () => workers.push(await stage.worker()),
      16: () => kill(1, 2, 3),
      // With what waits for workers, of which there is none.
      18: () => redis.restart('lost'),
      20: async () => workers.push(await stage.worker(), await stage.worker()),
      // All that ever ran comes again, and runs that nobody knows.
      32: async () => stage.again([...stage.began.keys()]),
      38: () => redis.restart('kept'),
      44: () => redis.restart('lost'),
      48: () => kill(4),
      52: async () => stage.again([...stage.began.keys()]),
    }
    for (let second = 1; second <= SECONDS; second++) {
      await stage.pass(1_000)
      await faults[second]?.()
    }
    // Those of later are still on their way.
    const isLooked = ({ scheduledFor }: LedgerEntry) =>
      scheduledFor !== null && scheduledFor <= stage.startedAt + SECONDS * 1_000
    await expect.poll(() => stage.isSettled(isLooked), { timeout: 30_000, interval: 100 }).toBe(true)
    const entries = (await stage.ledger()).filter(isLooked)
    const dueTimes = new Set(entries.map(({ job, scheduledFor }) => `${job} ${scheduledFor}`))
    expect(entries).toHaveLength(JOBS * SECONDS)
    expect(dueTimes.size).toBe(JOBS * SECONDS)
    expect([...stage.began].filter(([, times]) => times !== 1)).toEqual([])
    // What the dead had in hand is the only thing that did not end well, and it was not begun again.
    const ended = entries.filter(({ state }) => state === 'succeeded')
    expect(entries.filter(({ state }) => state !== 'succeeded' && state !== 'orphaned')).toEqual([])
    expect(ended.every(({ id }) => stage.began.get(id) === 1)).toBe(true)
    expect(ended.length).toBeGreaterThan(JOBS * SECONDS - 60)
    // The faults met something: messages were lost, and came twice.
    expect(Math.max(...ended.map(waitOf))).toBeGreaterThanOrEqual(QUEUE_TIMEOUT_MS)
    expect(workers.map(({ health }) => health.droppedMessages).reduce((a, b) => a + b)).toBeGreaterThan(JOBS * 25)
  }, 120_000)
})

const waitOf = (entry: LedgerEntry) => (entry.kind === 'run' ? (entry.queueWaitMs ?? 0) : 0)

interface MortalWorker extends HostWorker<MemorySession> {
  /** The process dies: it reaches neither Redis nor the store any more. */
  kill(): Promise<void>
}

async function openStage(redis: Redis) {
  const { sessions, store } = createMemoryBackend()
  const clock = createManualClock()
  const startedAt = clock.now()
  const began = new Map<string, number>()
  const jobs = Array.from({ length: JOBS }, (_, at) => jobOf(at, began))
  const common = { name: NAME, jobs, store, clock, graceMs: 0, keepAlive: false, followStoreClock: false }
  const engine = createBullmqEngine<MemorySession>({ connection: redis.url })
  const scheduler = createScheduler({ ...common, sessions, engine, queueTimeoutMs: QUEUE_TIMEOUT_MS })
  const other = createBullmqEngine<MemorySession>({ connection: redis.url })

  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      await clock.advance(250)
      await wait(10)
    }
  }
  const closing = async (one: Scheduler | HostWorker<MemorySession>) => {
    const closed = one.close()
    await pass(1_000)
    await closed
  }
  const ledger = () => wholeLedger(scheduler)
  await scheduler.open()
  await other.open({ scheduler: NAME, logger: QUIET })
  onTestFinished(() => closing(scheduler))
  onTestFinished(() => other.close())

  return {
    startedAt,
    began,
    pass,
    ledger,
    async again(ids: readonly string[]) {
      const known = ids.map((id) => message({ id: id as LedgerEntry['id'], scheduler: NAME }))
      await other.dispatch([...known, message({ scheduler: NAME }), message({ scheduler: NAME, priority: 1_000 })])
    },
    async isSettled(isLooked: (entry: LedgerEntry) => boolean) {
      await pass(2_000)
      return (await ledger()).filter(isLooked).every(({ state }) => state !== 'queued' && state !== 'running')
    },
    async worker(): Promise<MortalWorker> {
      const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: redis.port } })
      const life = mortal(sessions)
      const own = createBullmqEngine<MemorySession>({ connection: { port: proxy.port } })
      const worker = createWorker({ ...common, sessions: life.sessions, engine: own, concurrency: 10 })
      await worker.open()
      let isDead = false
      onTestFinished(async () => {
        if (!isDead) await closing(worker)
        await own.close()
        await proxy.close()
      })
      return Object.assign(Object.create(worker), {
        async kill() {
          isDead = true
          life.kill()
          proxy.set({ kind: 'reset' })
        },
      })
    },
  }
}

/** Its handler takes some real time, so that runs are under way when a process dies. */
function jobOf(at: number, began: Map<string, number>): JobOptions<MemorySession> {
  return {
    name: `job-${at}`,
    schedule: every({ seconds: 1 }),
    overlapPolicy: 'allow',
    misfirePolicy: 'run-all',
    misfireGraceMs: 600_000,
    priority: at,
    async handler({ runId }) {
      began.set(runId, (began.get(runId) ?? 0) + 1)
      await wait(5)
    },
  }
}

function mortal(sessions: SessionProvider<MemorySession>) {
  let isDead = false
  const withSession: SessionProvider<MemorySession>['withSession'] = (work, options) =>
    isDead ? new Promise(() => {}) : sessions.withSession(work, options)
  return {
    sessions: { withSession },
    kill() {
      isDead = true
    },
  }
}

async function wholeLedger(scheduler: Scheduler): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = []
  let cursor: string | null = null
  do {
    const page = await scheduler.listRuns(cursor === null ? { limit: 200 } : { limit: 200, cursor })
    entries.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return entries
}

const QUIET = { debug() {}, info() {}, warn() {}, error() {} }

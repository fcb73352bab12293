import type { SessionProvider } from '@pm/scheduler-core'
import { createTcpProxy } from '@pm/scheduler-testing'
import type { EngineHarness } from '@pm/scheduler-testing/conformance'
import { type Redis, startRedis } from '@pm/testlab/redis'
import { Queue } from 'bullmq'

import { createBullmqEngine } from '../src/index.ts'

export interface BullmqHarness extends EngineHarness<null> {
  readonly redis: Redis
}

/** A Redis of its own, which each side reaches through a proxy of its own. */
export async function createBullmqHarness(): Promise<BullmqHarness> {
  const redis = await startRedis()
  const cuts: (() => Promise<void>)[] = []
  return {
    redis,
    againWithinMs: 4_000,
    server: { stop: redis.shutDown, start: redis.start },
    async createSide() {
      const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: redis.port } })
      let isCut = false
      const cut = async () => {
        if (!isCut) await proxy.close()
        isCut = true
      }
      cuts.push(cut)
      return { engine: createBullmqEngine({ connection: { port: proxy.port } }), sessions: NO_SESSIONS, kill: cut }
    },
    async putForeign(scheduler, queue, { id, data }) {
      await withQueue(redis, `${scheduler}/${queue}`, (one) => one.add('foreign', data, { jobId: id }))
    },
    async close() {
      await Promise.all(cuts.map((cut) => cut()))
      await redis.stop()
    },
  }
}

/** Past every engine object. */
export async function withQueue<T>(redis: Redis, name: string, work: (queue: Queue) => Promise<T>): Promise<T> {
  const queue = new Queue(name, { connection: { url: redis.url }, prefix: 'scheduler' })
  try {
    return await work(queue)
  } finally {
    await queue.close()
  }
}

const NO_SESSIONS: SessionProvider<null> = { withSession: (work) => work(null) }

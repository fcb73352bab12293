import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'

import type { RunId } from '@pm/scheduler-core'
import { createTcpProxy } from '@pm/scheduler-testing'
import { hasRedis } from '@pm/testlab/redis'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'

import { withQueue } from './bullmq-harness.ts'
import { consumer, engineOn, message, openRedis, SCHEDULER, until } from './stage.ts'

const QUEUE = `${SCHEDULER}/default`

async function openAll(connection: Parameters<typeof engineOn>[0]) {
  const [scheduler, worker] = [engineOn(connection), engineOn(connection)]
  await Promise.all([scheduler.open(), worker.open()])
  return { scheduler, worker }
}

describe.skipIf(!hasRedis('the engine on BullMQ when things go wrong'))('the engine on BullMQ', () => {
  it('brings again within 4 s what a process held that was killed before it took it over', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    const doomed = spawn(process.execPath, [
      '--conditions=@pm/source',
      fileURLToPath(new URL('doomed-worker.ts', import.meta.url)),
      String(redis.port),
    ])
    onTestFinished(() => void doomed.kill('SIGKILL'))
    const messages = [message(), message(), message()]
    await scheduler.engine.dispatch(messages)
    const [held] = await once(doomed.stdout, 'data')
    const one = consumer()
    await worker.engine.consume(one)
    const gone = once(doomed, 'exit')
    doomed.kill('SIGKILL')
    await gone
    const killedAt = performance.now()
    await until(() => one.taken.length === 3)
    expect(performance.now() - killedAt).toBeLessThan(4_000)
    expect([...one.taken].sort()).toEqual(messages.map(({ id }) => id).sort())
    expect(String(held)).toContain(messages[0]?.id)
  })

  it('makes a message anew when Redis lost its memory, and brings it to workers that were there before', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    const other = consumer()
    await worker.engine.consume(other)
    const [before, lost] = [message(), message({ queue: 'later' })]
    await scheduler.engine.dispatch([before, lost])
    await until(() => other.taken.length === 1)
    await redis.restart('lost')
    const one = consumer({ queues: ['later'] })
    await untilItWorks(() => worker.engine.ensureQueues(['later']))
    await worker.engine.consume(one)
    const again = message()
    await untilItWorks(() => scheduler.engine.dispatch([again, lost]))
    await until(() => one.taken.length === 1 && other.taken.length === 2)
    expect(one.taken).toEqual([lost.id])
    expect(other.taken).toEqual([before.id, again.id])
  })

  it('makes a queue again that was deleted', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    const one = consumer()
    await scheduler.engine.dispatch([message()])
    await withQueue(redis, QUEUE, (queue) => queue.obliterate({ force: true }))
    await worker.engine.consume(one)
    const again = message()
    await scheduler.engine.dispatch([again])
    await until(() => one.taken.length === 1)
    expect(one.taken).toEqual([again.id])
  })

  it('leaves nothing of a message behind', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    const one = consumer()
    await worker.engine.consume(one)
    await scheduler.engine.dispatch(Array.from({ length: 40 }, (_, at) => message({ priority: at })))
    await until(() => one.taken.length === 40)
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    await expect.poll(() => client.keys(`scheduler:${QUEUE}:*-*-*`)).toEqual([])
    await withQueue(redis, QUEUE, async (queue) => {
      expect(await queue.getJobCounts()).toMatchObject({ active: 0, completed: 0, failed: 0, delayed: 0, waiting: 0 })
    })
  })

  it('brings no more than a worker has room for, as that changes', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    const asked: number[] = []
    const brought: number[] = []
    let places = 1
    const left: RunId[] = []
    await worker.engine.consume(
      consumer({
        get room() {
          return places
        },
        async takeOver({ fetch }) {
          asked.push(places)
          const ids = await fetch(null, places)
          brought.push(ids.length)
          left.push(...ids)
          places = Math.min(32, places * 2)
          return { taken: ids, left: [], dropped: [] }
        },
      }),
    )
    await scheduler.engine.dispatch(Array.from({ length: 63 }, () => message()))
    await until(() => left.length === 63)
    expect(brought.every((count, at) => count <= (asked[at] ?? 0))).toBe(true)
    expect(Math.max(...brought)).toBeGreaterThan(8)
  })

  it('lets go what somebody put there whose id is no run, and goes on beside what it cannot read', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    await withQueue(redis, QUEUE, (queue) => queue.add('x', {}, { jobId: "'; --" }))
    const torn = message({ priority: 1_000 })
    await scheduler.engine.dispatch([torn])
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    await client.hset(`scheduler:${QUEUE}:${torn.id}`, 'data', '{"half')
    const sound = message()
    await scheduler.engine.dispatch([sound])
    const one = consumer()
    await worker.engine.consume(one)
    await until(() => one.taken.length === 1)
    expect(one.taken).toEqual([sound.id])
    expect(worker.logged.join()).toContain('SyntaxError')
    await expect.poll(() => client.exists(`scheduler:${QUEUE}:'; --`)).toBe(0)
  })
})

describe.skipIf(!hasRedis('the engine on BullMQ without its server'))('without a server that answers', () => {
  it('answers in time while Redis hangs, and goes on with it', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    const one = consumer()
    await worker.engine.consume(one)
    process.kill(redis.pid, 'SIGSTOP')
    const began = performance.now()
    const late = message()
    await expect(scheduler.engine.dispatch([late])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    await expect(scheduler.engine.cancel([message()])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    expect(performance.now() - began).toBeLessThan(8_000)
    process.kill(redis.pid, 'SIGCONT')
    await untilItWorks(() => scheduler.engine.dispatch([late]))
    await until(() => one.taken.length > 0)
    expect(new Set(one.taken)).toEqual(new Set([late.id]))
  })

  it('connects again when a connection is dead without a word', async () => {
    const redis = await openRedis()
    const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: redis.port } })
    onTestFinished(proxy.close)
    const { scheduler, worker } = await openAll({ port: proxy.port })
    const one = consumer()
    await worker.engine.consume(one)
    await scheduler.engine.dispatch([message()])
    await until(() => one.taken.length === 1)
    proxy.set({ kind: 'black-hole' })
    const { accepted } = proxy
    const missed = message()
    await expect(scheduler.engine.dispatch([missed])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    await until(() => proxy.accepted >= accepted + 2, 15_000)
    proxy.set({ kind: 'pass' })
    await untilItWorks(() => scheduler.engine.dispatch([missed]))
    await until(() => one.taken.length > 1, 20_000)
    expect(new Set(one.taken.slice(1))).toEqual(new Set([missed.id]))
  })

  it('consumes what comes later, when Redis is away as it begins', async () => {
    const redis = await openRedis()
    const { scheduler, worker } = await openAll(redis.url)
    await redis.kill()
    const one = consumer()
    const consumption = await worker.engine.consume(one)
    await until(() => worker.logged.some((line) => line.includes('ECONNREFUSED')))
    await redis.start()
    const late = message()
    await untilItWorks(() => scheduler.engine.dispatch([late]))
    await until(() => one.taken.length === 1)
    await redis.kill()
    await consumption.stop()
    await expect(worker.engine.ensureQueues(['default'])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    await worker.engine.close()
    await expect(worker.engine.dispatch([late])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })

  it('keeps its password out of errors and logs', async () => {
    const redis = await openRedis({ password: 'right-9f2c' })
    const secret = 'wrong-9f2c'
    const { open, logged } = engineOn(`redis://:${secret}@127.0.0.1:${redis.port}`)
    const error = await open().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ENGINE_UNAVAILABLE', cause: { message: 'WRONGPASS' } })
    const right = engineOn(redis.url)
    await right.open()
    await right.engine.dispatch([message()])
    await redis.kill()
    const away = await right.engine.dispatch([message()]).catch((thrown: unknown) => thrown)
    await until(() => right.logged.length > 0)
    const all = inspect([error, away, logged, right.logged], { depth: null, showHidden: true })
    expect(all).not.toContain('9f2c')
  })

  it('says it when Redis may drop messages', async () => {
    const redis = await openRedis({ settings: ['--maxmemory-policy', 'allkeys-lru'] })
    const { open, logged } = engineOn(redis.url)
    await open()
    expect(logged.join()).toContain("eviction: 'allkeys-lru'")
  })

  it('takes the options or the client of the host, and leaves that client alone', async () => {
    const redis = await openRedis()
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    const { worker } = await openAll(client)
    await worker.engine.consume(consumer())
    await worker.engine.close()
    expect(await client.ping()).toBe('PONG')
  })
})

async function untilItWorks(work: () => Promise<unknown>): Promise<void> {
  await expect
    .poll(
      () =>
        work().then(
          () => 'works',
          () => 'fails',
        ),
      { timeout: 20_000, interval: 50 },
    )
    .toBe('works')
}

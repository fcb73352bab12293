import { silentLogger } from '@pm/scheduler-core'
import { createTcpProxy, type TcpProxy } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

import { createPgBossEngine } from '../src/index.ts'
import { createEngineBed } from './engine-bed.ts'

const bed = await createEngineBed()

/** An engine behind a network of its own. */
async function behindProxy() {
  const { hostname, port } = new URL(bed.url)
  const proxy = await createTcpProxy({ target: { host: hostname, port: Number(port) } })
  const url = new URL(bed.url)
  url.host = `${proxy.host}:${proxy.port}`
  const engine = createPgBossEngine({ connection: url.href })
  onTestFinished(async () => {
    await engine.close()
    await proxy.close()
  })
  return { engine, proxy, open: () => engine.open({ scheduler: 'dark', logger: silentLogger }) }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const goDark = (proxy: TcpProxy) => proxy.set({ kind: 'black-hole' })

it('closes in time when nothing gets through any more and nobody says so', async () => {
  const { engine, proxy, open } = await behindProxy()
  await open()
  await engine.consume({
    queues: ['default'],
    concurrency: 1,
    room: 1,
    whenRoom: async () => {},
    takeOver: () => new Promise(() => {}),
  })
  goDark(proxy)
  expect(await timeOf(() => engine.close())).toBeLessThan(8_000)
})

it('rejects in time when nothing gets through', async () => {
  const { engine, proxy, open } = await behindProxy()
  await open()
  goDark(proxy)
  const unavailable = { code: 'ENGINE_UNAVAILABLE', details: { engine: 'pg-boss', operation: 'ensureQueues' } }
  const asked = () => expect(engine.ensureQueues(['default'])).rejects.toMatchObject(unavailable)
  expect(await timeOf(asked)).toBeLessThan(8_000)
})

it('rejects in time when nothing gets through from the start, and opens later', async () => {
  const { proxy, open } = await behindProxy()
  goDark(proxy)
  const asked = () => expect(open()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  expect(await timeOf(asked)).toBeLessThan(10_000)
  proxy.set({ kind: 'pass' })
  await open()
})

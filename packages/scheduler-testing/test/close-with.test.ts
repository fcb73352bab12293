import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, createWorker, every, toAdminStatus } from '@pm/scheduler-core'
import { type ClosableServer, closeWith, createFetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import { expect, it, onTestFinished, vi } from 'vitest'

import { createManualClock, createMemoryEngine } from '../src/index.ts'

const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const

it('lets a run end while the server still answers, ends the streams in good order, and then closes the server', async () => {
  const clock = createManualClock()
  const work = Promise.withResolvers<void>()
  const { scheduler, origin, server } = await openHost(clock, () => work.promise)
  await scheduler.runJob('poll')
  const stream = await fetch(`${origin}/events`)
  const whole = stream.text()

  const closing = closeWith(server, scheduler, { clock })
  expect(await whole).toContain('event: status')
  expect((await fetch(`${origin}/events`)).status).toBe(503)
  expect(server.listening).toBe(true)
  work.resolve()
  await closing
  expect(server.listening).toBe(false)
  await scheduler.open()
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  expect(toAdminStatus(snapshot)).toMatchObject({ successful_runs: 1, failed_runs: 0 })
  await scheduler.close()
  await closeWith(server, [scheduler], { clock })
})

it('drains a worker while the server of its probes still answers', async () => {
  const clock = createManualClock()
  const { sessions: given, store } = createMemoryBackend()
  const engines = createMemoryEngine({ sessions: given, clock })
  const work = Promise.withResolvers<void>()
  const jobs = [{ name: 'poll', schedule: null, handler: () => work.promise }]
  const common = { name: 'main', jobs, sessions: engines.sessions, store, clock }
  const scheduler = createScheduler({ ...common, engine: engines.createEngine() })
  const worker = createWorker({ ...common, engine: engines.createEngine() })
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
  await scheduler.open()
  await worker.open()
  await scheduler.runJob('poll')
  await vi.waitFor(() => expect(worker.health.running).toBe(1))

  const closing = closeWith(server, [worker], { clock })
  const { port } = server.address() as AddressInfo
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  expect(worker.isOpen).toBe(false)
  work.resolve()
  await closing
  expect(server.listening).toBe(false)
  expect((await scheduler.listRuns()).items).toMatchObject([{ state: 'succeeded' }])
  await scheduler.close()
})

it('breaks off a run and cuts off a request that outlast the grace', async () => {
  const clock = createManualClock()
  const never = new Promise<void>(() => {})
  const { scheduler, server, origin, hung } = await openHost(clock, () => never)
  await scheduler.runJob('poll')
  const hanging = fetch(`${origin}/hang`).then(
    () => 'answered',
    () => 'cut off',
  )
  await hung
  const began = clock.monotonic()
  const closing = closeWith(server, scheduler, { graceMs: 2_000, clock })
  while (server.listening) await clock.advance(100)
  await clock.advance(250)
  await closing
  expect(await hanging).toBe('cut off')
  expect(clock.monotonic() - began).toBeLessThanOrEqual(3_000)
})

it.each<readonly [string, () => ClosableServer]>([
  ['resolves', () => ({ close: () => Promise.resolve() })],
  ['rejects', () => ({ close: () => Promise.reject(new Error('closed already')) })],
  ['throws', () => ({ close: () => expect.fail('closed already') })],
  ['calls back with an error', () => ({ close: (done) => done(new Error('closed already')) })],
])('takes a server whose close %s', async (_how, server) => {
  const scheduler = createScheduler({ name: 'closing', jobs: [], ...createMemoryBackend() })
  await scheduler.open()
  await closeWith(server(), scheduler)
  expect(scheduler.isOpen).toBe(false)
})

it.each<readonly [string, (server: Server) => ClosableServer]>([
  ['Fastify', (server) => ({ close: (done) => server.close(done), server })],
  ['NestJS', (server) => ({ close: (done) => server.close(done), getHttpServer: () => server })],
])('cuts off what hangs on the server of an app of %s', async (_framework, appOf) => {
  const clock = createManualClock()
  const { scheduler, server, origin, hung } = await openHost(clock, async () => {})
  const hanging = fetch(`${origin}/hang`).then(
    () => 'answered',
    () => 'cut off',
  )
  await hung
  const closing = closeWith(appOf(server), scheduler, { graceMs: 2_000, clock })
  while (server.listening) await clock.advance(100)
  await clock.advance(2_000)
  expect(await hanging).toBe('cut off')
  await closing
})

it('gives up a server that never closes, and closes it also when a scheduler fails to', async () => {
  const clock = createManualClock()
  const server = { close: vi.fn() }
  const failing = { close: () => Promise.reject(new Error('no')) }
  const closing = expect(closeWith(server, failing, { graceMs: 0, clock })).rejects.toThrow('no')
  await clock.advance(1_000)
  await closing
  expect(server.close).toHaveBeenCalledOnce()
})

async function openHost(clock: ReturnType<typeof createManualClock>, handler: () => Promise<void>) {
  const jobs = [{ name: 'poll', schedule: every({ hours: 1 }), handler }]
  const scheduler = createScheduler({ name: 'closing', clock, jobs, ...createMemoryBackend() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const handle = createFetchHandler(scheduler, { view: 'admin', authorize, clock })
  const hung = Promise.withResolvers<void>()
  const listener = toNodeListener((request) => {
    if (!request.url.endsWith('/hang')) return handle(request)
    hung.resolve()
    return new Promise(() => {})
  })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { scheduler, server, origin, hung: hung.promise }
}

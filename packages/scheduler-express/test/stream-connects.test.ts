import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

import { createManualClock } from '@pm/scheduler-testing'
import { createStagedScheduler } from '@pm/testlab'
import express from 'express'
import { expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter, createStreamLimits } from '../src/index.ts'
import { memoryInUse } from './memory-in-use.ts'

const PLACES = 300
const WAVE = 500
const MIB = 1_048_576
/** 10,000 connects in a soak. */
const WAVES = process.env['SOAK'] === '1' ? 20 : 3

it('serves as many streams as its limit allows, wave after wave, and keeps no memory of ended streams', async () => {
  const clock = createManualClock()
  const staged = createStagedScheduler()
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const limits = createStreamLimits({ total: PLACES, perPrincipal: PLACES })
  const router = adminSchedulerRouter(staged.scheduler, { authorize, clock, live: { limits } })
  const { listeners } = staged
  const server = createServer(express().use(router)).listen({ port: 0, host: '127.0.0.1', backlog: WAVE })
  await once(server, 'listening')
  onTestFinished(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const connections = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))
  const idleTimers = clock.pendingTimers
  // Measured after the first wave, which also allocates compiled code and caches.
  let before = Infinity

  for (let wave = 0; wave < WAVES; wave++) {
    const answers = await Promise.all(Array.from({ length: WAVE }, () => open(port)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(PLACES)
    expect(statuses.filter((status) => status === 503)).toHaveLength(WAVE - PLACES)
    // Both ends of all connections are in this process.
    expect(memoryInUse() - before).toBeLessThan(64 * MIB)
    for (const { socket } of answers) socket.destroy()
    await expect.poll(connections, { timeout: 20_000 }).toBe(0)
    // Refused streams are counted for ten seconds, and reported together.
    await clock.advance(10_000)
    await expect.poll(() => clock.pendingTimers, { timeout: 20_000 }).toBe(idleTimers)
    expect(staged.listeners).toBe(listeners)
    if (wave === 0) before = memoryInUse()
  }
  expect(memoryInUse() - before).toBeLessThan(8 * MIB)
  const giveBack = Array.from({ length: PLACES }, () => limits.take('ada'))
  expect(() => limits.take('ada')).toThrow(expect.objectContaining({ code: 'TOO_MANY_STREAMS' }))
  for (const give of giveBack) give()
})

/** Requests a stream and waits for the head of the response. */
function open(port: number): Promise<{ readonly socket: Socket; readonly status: number }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /events HTTP/1.1\r\nhost: x\r\n\r\n'))
    socket.on('error', reject)
    socket.once('data', (head) => resolve({ socket, status: Number(head.toString('latin1', 9, 12)) }))
  })
}

/**
 * The server of the bench of live updates: our stream, or what writes one shared buffer to every response, by `node:http`
 * alone or in a mounted Router as ours is.
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { adminSchedulerRouter, createStreamLimits } from '@pm/scheduler-express'
import { createStagedScheduler } from '@pm/testlab'
import express, { Router } from 'express'

import type { Served } from './served.ts'

const PERIOD_MS = 100
/** When each event was made, by its number. */
const madeAt = new Map<number, number>()

const LISTENERS = {
  ours: serveOurs,
  buffer: serveBuffer,
  router: () => express().use(Router().get('/events', serveBuffer())),
}
const server = createServer(LISTENERS[process.argv[2] as Served]())
let spent = process.cpuUsage()
server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, () =>
  tell({ port: (server.address() as AddressInfo).port }),
)

process.on('message', (asked) => {
  if (asked === 'measure') spent = process.cpuUsage()
  const { user, system } = process.cpuUsage(spent)
  if (asked === 'report') tell({ cpuMs: (user + system) / 1_000, madeAt: [...madeAt] })
  if (asked !== 'memory') return
  // The young generation shrinks too: its size, which is chance, would outweigh all else.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  const { rss, heapUsed, external } = process.memoryUsage()
  tell({ rss, heap: heapUsed + external })
})

function serveOurs() {
  const { scheduler, advance, emit } = createStagedScheduler()
  setInterval(() => {
    advance()
    emit('state-changed', { from: 'running', to: 'paused' })
  }, PERIOD_MS)
  const counted = {
    ...scheduler,
    async snapshot() {
      const reading = await scheduler.snapshot()
      note(Number(reading.snapshot.id.split('-')[1]))
      return reading
    },
  }
  const limits = createStreamLimits({ total: 100_000, perPrincipal: 100_000 })
  const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const
  return express().use(adminSchedulerRouter(counted, { authorize, live: { intervalMs: PERIOD_MS, limits } }))
}

function serveBuffer() {
  const responses = new Set<ServerResponse>()
  let sequence = 0
  setInterval(() => {
    note(++sequence)
    const bytes = Buffer.from(`id: 1758-${sequence}\nevent: status\ndata: ${DATA}\n\n`)
    for (const response of responses) response.write(bytes)
  }, PERIOD_MS)
  return (_request: object, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' })
    response.write(':\n\n')
    responses.add(response)
    response.on('close', () => responses.delete(response))
  }
}

function note(sequence: number): void {
  if (!madeAt.has(sequence)) madeAt.set(sequence, performance.timeOrigin + performance.now())
}

function tell(message: object): void {
  process.send?.(message)
}

/** As long as what ours sends. */
const DATA =
  '{"schedulerName":"conformance","state":"running","lastRun":"2025-09-16T01:59:00.000Z",' +
  '"nextRun":"2025-09-16T02:14:00.000Z","total_runs":60,"successful_runs":59,"failed_runs":1,' +
  '"symbols_processed":187,"success_rate":98.33,"uptimeSeconds":3600}'

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { type Connection, createStatusClient } from '@pm/scheduler-core/client'
import { createManualClock, type ManualClock } from '@pm/scheduler-testing'
import express from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter } from '../src/index.ts'
import { hasNginx, startNginx } from './start-nginx.ts'

const ADMIN = '/api/v1/admin/scheduler'
const PAGE = { origin: 'http://ops.example.com', 'content-type': 'application/json' }

describe.skipIf(!hasNginx)('behind a real nginx', () => {
  it('a plain proxy_pass lets the stream through, and its gzip does not make a precondition fail', async () => {
    const { url, clock } = await openBehind((upstream) => [`location / { proxy_pass ${upstream}; }`])
    expect(await connectionOf(url, clock)).toBe('live')
    const shown = await fetch(`${url}${ADMIN}/config`, { headers: { 'accept-encoding': 'gzip' } })
    const tag = shown.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"\d+\.[0-9a-f-]+"$/)
    const headers = { 'content-type': 'application/json', 'if-match': tag }
    const change = () => fetch(`${url}${ADMIN}/config`, { method: 'PATCH', headers, body: '{"concurrency":3}' })
    expect((await change()).status).toBe(200)
    expect((await change()).status).toBe(412)
  })

  it('one that collects streams, head and all, is noticed after five seconds', async () => {
    const { url, clock, streams } = await openBehind((upstream) => [
      `location / { proxy_pass ${upstream}; proxy_ignore_headers X-Accel-Buffering; }`,
    ])
    const connection = connectionOf(url, clock)
    await expect.poll(() => streams.length).toBe(1)
    await clock.advance(5_000)
    expect(await connection).toBe('polling')
  })

  it('one that rewrites Host has the commands of a page refused, with what to set; each of the three helps', async () => {
    const stop = (url: string) => fetch(`${url}${ADMIN}/stop`, { method: 'POST', headers: PAGE, body: '{}' })
    const plain = await openBehind((upstream) => [`location / { proxy_pass ${upstream}; }`])
    const refusal = await stop(plain.url)
    expect(refusal.status).toBe(403)
    const { detail } = (await refusal.json()) as { detail: string }
    for (const remedy of ['Host', 'X-Forwarded-Host', 'allowedOrigins']) expect(detail).toContain(remedy)
    const passing = (line: string) => (upstream: string) => [`location / { proxy_pass ${upstream}; ${line} }`]
    const remedies = [
      await openBehind(passing('proxy_set_header Host ops.example.com;')),
      await openBehind(passing('proxy_set_header X-Forwarded-Host ops.example.com;'), { trustsProxy: true }),
      await openBehind(passing(''), { allowedOrigins: [PAGE.origin] }),
    ]
    for (const { url } of remedies) expect((await stop(url)).status).toBe(202)
  })
})

if (!hasNginx) it.skip('is skipped: there is no nginx on the path', () => {})

interface Host {
  readonly trustsProxy?: boolean
  readonly allowedOrigins?: readonly string[]
}

async function openBehind(lines: (upstream: string) => readonly string[], { trustsProxy, allowedOrigins }: Host = {}) {
  const clock = createManualClock()
  const jobs = [{ name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }]
  const scheduler = createScheduler({ name: 'market_data_scheduler', clock, jobs, ...createMemoryBackend() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const streams: string[] = []
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const app = express()
  if (trustsProxy) app.set('trust proxy', 'loopback')
  app.use(`${ADMIN}/events`, (req, _res, next) => {
    streams.push(req.originalUrl)
    next()
  })
  app.use(
    ADMIN,
    adminSchedulerRouter(scheduler, { clock, authorize, control: true, ...(allowedOrigins && { allowedOrigins }) }),
  )
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()))
  const nginx = await startNginx(lines(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  onTestFinished(nginx.stop)
  return { url: nginx.url, clock, streams }
}

/** How a client of this library gets its status through. */
function connectionOf(url: string, clock: ManualClock): Promise<Connection> {
  return new Promise((resolve) => {
    const subscription = createStatusClient({ baseUrl: url, clock }).admin.subscribe({
      onStatus: () => resolve(subscription.connection),
    })
    onTestFinished(() => subscription.close())
  })
}

// A host on Express: every kind of router is mounted and asked, a stream is read and ends when the host closes.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { closeWith } from '@pm/scheduler-core/http'
import { createDashboard } from '@pm/scheduler-dashboard'
import {
  adminSchedulerRouter,
  healthRouter,
  marketDataSchedulerRouter,
  schedulerDashboard,
} from '@pm/scheduler-express'
import { expectConsistentViews, readStatus } from '@pm/scheduler-testing'
import express from 'express'

async function main() {
  const authorize = (request) =>
    request.headers.authorization === 'Bearer a-token'
      ? { allow: true, principal: { name: 'ada' } }
      : { allow: false, reason: 'unauthenticated' }
  const poll = { name: 'poll', schedule: every({ minutes: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }
  const scheduler = createScheduler({ name: 'market_data_scheduler', jobs: [poll], ...createMemoryBackend() })
  await scheduler.open()

  const app = express()
  app.use(express.json())
  app.use('/api/v1/admin/scheduler', adminSchedulerRouter(scheduler, { authorize, control: true }))
  app.use('/api/v1/market-data/scheduler', marketDataSchedulerRouter(scheduler, { authorize }))
  app.use('/admin', schedulerDashboard(createDashboard([scheduler], { authorize })))
  app.use(healthRouter(scheduler))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}`
  const headers = { authorization: 'Bearer a-token', 'content-type': 'application/json' }
  const ask = (path, init) => fetch(url + path, { headers, ...init })

  assert.equal((await fetch(`${url}/api/v1/admin/scheduler/status`)).status, 401)
  const run = await ask('/api/v1/admin/scheduler/jobs/poll/run', {
    method: 'POST',
    body: JSON.stringify({ why: 'a try' }),
  })
  assert.ok(run.ok, `a run by hand was answered ${run.status}`)
  await scheduler.whenIdle()
  await scheduler.snapshot({ maxAgeMs: 0 })
  const admin = await readStatus(`${url}/api/v1/admin/scheduler/status`, { headers })
  const marketData = await readStatus(`${url}/api/v1/market-data/scheduler/status`, { headers })
  assert.equal(admin.total_runs, 1)
  assert.equal(admin.symbols_processed, 8)
  expectConsistentViews(
    { view: 'admin-v1', response: admin },
    { view: 'market-data-v1', response: marketData },
    { except: ['uptime_seconds'] },
  )
  assert.equal((await ask('/health/ready')).status, 200)
  assert.equal((await ask('/admin', { redirect: 'manual' })).status < 400, true)

  const events = await ask('/api/v1/admin/scheduler/events')
  assert.match(events.headers.get('content-type'), /^text\/event-stream/)
  const ended = (async () => {
    let text = ''
    for await (const chunk of events.body.pipeThrough(new TextDecoderStream())) text += chunk
    return text
  })()
  await closeWith(server, scheduler)
  assert.match(await ended, /data: /)
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})

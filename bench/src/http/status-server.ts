/** The server of the bench: our routes beside floors that do only what cannot be left out, all in one process. */
import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { adminSchedulerRouter } from '@pm/scheduler-express'
import express from 'express'

const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler: (context) => context.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})
await scheduler.open()
await scheduler.runJob('poll')
await scheduler.whenIdle()

const status = {
  schedulerName: 'market_data_scheduler',
  state: 'running',
  lastRun: '2025-09-16T01:56:23.202Z',
  nextRun: '2025-09-16T02:11:23.202Z',
  total_runs: 60,
  successful_runs: 59,
  failed_runs: 1,
  symbols_processed: 187,
  success_rate: 98.33,
  uptimeSeconds: 3600,
}
const bytes = Buffer.from(JSON.stringify(status))
const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const

const app = express().disable('x-powered-by')
app.use('/ours', adminSchedulerRouter(scheduler, { authorize }))
app.use(
  '/buffer',
  express.Router().get('/status', (_req, res) => {
    res.statusCode = 200
    res.setHeader('content-type', 'application/json; charset=utf-8')
    res.setHeader('content-length', String(bytes.byteLength))
    res.setHeader('etag', '"1-1"')
    res.setHeader('cache-control', 'private, no-cache')
    res.setHeader('x-content-type-options', 'nosniff')
    res.end(bytes)
  }),
)
app.use(
  '/json',
  express.Router().get('/status', (_req, res) => void res.json(status)),
)
app.get('/cpu', (_req, res) => {
  const { user, system } = process.cpuUsage()
  res.end(String(user + system))
})
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') process.send?.(address?.port)
})

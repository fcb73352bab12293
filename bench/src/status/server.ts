/** The server of the bench: the routes of each build beside floors that do only what cannot be left out, all in one process. */
import type { AddressInfo } from 'node:net'

import express from 'express'

import { type Build, loadModule } from '../lab/build.ts'
import { cpuUs } from '../lab/cpu.ts'

const STATUS = {
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
const bytes = Buffer.from(JSON.stringify(STATUS))

const builds: readonly Build[] = JSON.parse(process.argv[2] ?? '[]')
const app = express().disable('x-powered-by')
for (const build of builds) await mount(build)
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
  express.Router().get('/status', (_req, res) => void res.json(STATUS)),
)
const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('message', () => process.send?.(cpuUs()))

async function mount(build: Build): Promise<void> {
  const { createMemoryBackend, createScheduler, every } = await loadModule(build, 'core')
  const { adminSchedulerRouter } = await loadModule(build, 'express')
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler: (context) => context.report({ processed: 8 }) }],
    ...createMemoryBackend(),
  })
  await scheduler.open()
  await scheduler.runJob('poll')
  await scheduler.whenIdle()
  const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const
  app.use(`/${build.name}`, adminSchedulerRouter(scheduler, { authorize }))
}

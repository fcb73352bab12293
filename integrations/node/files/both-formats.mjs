// One process that has every package twice, as ES modules and as CommonJS: what one of them makes, the other takes.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import * as core from '@pm/scheduler-core'
import * as http from '@pm/scheduler-core/http'
import * as routers from '@pm/scheduler-express'
import * as testing from '@pm/scheduler-testing'
import express from 'express'

const require = createRequire(import.meta.url)
const esm = { core, http, routers, testing }
const cjs = {
  core: require('@pm/scheduler-core'),
  http: require('@pm/scheduler-core/http'),
  routers: require('@pm/scheduler-express'),
  testing: require('@pm/scheduler-testing'),
}
for (const name of Object.keys(esm)) assert.deepEqual(Object.keys(esm[name]).sort(), Object.keys(cjs[name]).sort())
assert.notEqual(esm.core.createScheduler, cjs.core.createScheduler)

const authorize = () => ({ allow: true, principal: { name: 'ada' } })

for (const [mine, others] of [
  [esm, cjs],
  [cjs, esm],
]) {
  // An error is recognised across, whichever of them threw it.
  const thrown = await Promise.resolve()
    .then(() => mine.core.createScheduler({ name: '', jobs: [], ...mine.core.createMemoryBackend() }))
    .catch((error) => error)
  assert.equal(others.core.isSchedulerError(thrown, 'INVALID_OPTIONS'), true)
  assert.equal(others.core.isSchedulerError(thrown, 'JOB_NOT_FOUND'), false)

  // A job, its schedule, its input, a clock and a backend are of the others.
  const clock = others.testing.createManualClock()
  const job = others.core.defineJob({
    name: 'poll',
    schedule: others.core.every({ minutes: 15 }),
    handler: (ctx) => ctx.report({ processed: 8 }),
  })
  const asked = others.core.defineJob({
    name: 'asked',
    schedule: null,
    input: others.core.z.object({ count: others.core.z.number() }),
    handler: (ctx) => ctx.report({ processed: ctx.input.count }),
  })
  const scheduler = mine.core.createScheduler({
    name: 'both',
    jobs: [job, asked],
    clock,
    ...others.core.createMemoryBackend(),
  })
  const beside = others.core.createScheduler({ name: 'both', jobs: [job], clock, ...mine.core.createMemoryBackend() })
  await scheduler.open()
  await beside.open()
  await scheduler.runJob('asked', { input: { count: 3 } })
  await clock.advance(60 * 60_000)
  await scheduler.whenIdle()
  const wrong = await scheduler.runJob('asked', { input: { count: 'three' } }).catch((error) => error)
  assert.equal(others.core.isSchedulerError(wrong, 'INVALID_INPUT'), true)

  // Neither counts what the other ran: no state is shared.
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  const { snapshot: ofBeside } = await beside.snapshot({ maxAgeMs: 0 })
  assert.equal(others.core.toAdminStatus(snapshot).total_runs, 5)
  assert.equal(mine.core.toAdminStatus(ofBeside).total_runs, 4)
  others.testing.expectStandardMetrics(mine.core.toAdminStatus(snapshot), 'admin-v1')

  // The routes of the others serve it, and their own client reads it.
  const app = express()
  app.use('/scheduler', others.routers.adminSchedulerRouter(scheduler, { authorize, control: true }))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/scheduler`
  const response = await fetch(`${url}/status`)
  assert.equal(response.status, 200)
  assert.equal((await response.json()).total_runs, 5)
  const refused = await fetch(`${url}/jobs/nobody/run`, { method: 'POST' })
  assert.equal(refused.status, 404)
  assert.equal((await refused.json()).code, 'JOB_NOT_FOUND')
  await mine.http.closeWith(server, scheduler)
  await beside.close()
}

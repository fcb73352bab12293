import 'reflect-metadata'

import type { AddressInfo } from 'node:net'

import { Test } from '@nestjs/testing'
import type { Scheduler } from '@pm/scheduler-core'
import { expect, it, onTestFinished } from 'vitest'

import { ADMIN, AppModule } from '../src/app.module.ts'
import { SCHEDULER } from '../src/scheduler/scheduler.module.ts'

it('lets the guard of the app decide about routes and pages, and injects services into jobs', async () => {
  const { scheduler, ask } = await open()
  const status = (path: string, token: string | null, method = 'GET') =>
    ask(path, token, method).then((answer) => answer.status)
  expect(await status(`${ADMIN}/status`, null)).toBe(401)
  expect(await status(`${ADMIN}/status`, 'dev-viewer')).toBe(200)
  expect(await status(`${ADMIN}/pause`, 'dev-viewer', 'POST')).toBe(403)
  expect(await status(`${ADMIN}/pause`, 'dev', 'POST')).toBe(200)
  expect(await status('/admin', null)).toBe(401)
  expect(await status('/admin/api/market_data_scheduler/admin/status', 'dev-viewer')).toBe(200)
  await scheduler.resume({ by: 'ada' })
  await scheduler.runJob('poll')
  await scheduler.whenIdle()
  expect((await scheduler.listRuns()).items).toMatchObject([{ job: 'poll', state: 'succeeded' }])
})

it('drains the scheduler before its server closes: event streams end in good order', async () => {
  const { scheduler, ask, close } = await open()
  const events = await ask(`${ADMIN}/events`, 'dev')
  const whole = events.text()
  await close()
  expect(await whole).toContain('event: status')
  expect(scheduler.isOpen).toBe(false)
})

async function open() {
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile()
  const app = module.createNestApplication({ logger: false })
  await app.listen(0, '127.0.0.1')
  let closing: Promise<void> | undefined
  const close = () => (closing ??= app.close())
  onTestFinished(close)
  const { port } = app.getHttpServer().address() as AddressInfo
  return {
    scheduler: app.get<Scheduler>(SCHEDULER),
    close,
    ask: (path: string, token: string | null, method = 'GET') =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      }),
  }
}

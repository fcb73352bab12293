import { createMemoryBackend, createScheduler } from '@pm/scheduler-core'
import { closeWith } from '@pm/scheduler-core/http'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { jobs } from '../src/jobs.ts'
import { listen } from '../src/listen.ts'
import { readSettings } from '../src/settings.ts'

const TOKEN = 'a token of this test'
const scheduler = createScheduler({ name: 'test', jobs, ...createMemoryBackend() })
let host: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  await scheduler.open()
  host = await listen(scheduler, readSettings({ ADMIN_TOKEN: TOKEN, PORT: '0' }))
})
afterAll(() => closeWith(host.server, scheduler))

it.each(['/api/v1/admin/scheduler/status', '/api/v1/market-data/scheduler/status', '/admin'])(
  '%s is answered to whoever has the token, and to nobody else',
  async (path) => {
    const url = `http://127.0.0.1:${host.port}${path}`
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, { headers: { authorization: 'Bearer another token' } })).status).toBe(401)
    expect((await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200)
    expect((await fetch(url, { headers: { authorization: `Basic ${btoa(`ada:${TOKEN}`)}` } })).status).toBe(200)
  },
)

it('answers probes to everybody', async () => {
  expect((await fetch(`http://127.0.0.1:${host.port}/health/ready`)).status).toBe(200)
})

it.each([undefined, '', 'short'])('does not start with the token %o', (ADMIN_TOKEN) => {
  expect(() => readSettings({ ADMIN_TOKEN })).toThrow('ADMIN_TOKEN')
})

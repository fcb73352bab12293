import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every, silentLogger } from '@pm/scheduler-core'
import { afterAll, expect, test } from 'vitest'

import { createTestAccess } from '../../test/test-access.ts'
import { testValuation } from '../../test/test-valuation.ts'
import type { Role } from '../auth/accounts.ts'
import { createApp } from './create-app.ts'

const { access, cookieOf } = createTestAccess()
const schedulers = await Promise.all(['market_data_scheduler', 'portfolio_scheduler'].map(openScheduler))
const [scheduler, recalculation] = schedulers
if (!scheduler || !recalculation) throw new Error('two schedulers')
const market = {
  kind: 'replay',
  providers: [],
  defaultIntervalSeconds: 15,
  note: ['Prices of the past.'],
  symbols: null,
  made: [],
  replayUrl: null,
  async close() {},
} as const
const { sessions } = createMemoryBackend()
// No page of the schedulers reads the portfolio, so its sessions need no database.
const server = createServer(
  createApp({
    scheduler,
    recalculation,
    access,
    market,
    logger: silentLogger,
    valuation: testValuation({ sessions: sessions as never }),
    allowedOrigins: [],
    trustProxy: false,
  }),
)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

afterAll(async () => {
  await Promise.all(schedulers.map((each) => each.close({ graceMs: 0 })))
  server.close()
  server.closeAllConnections()
})

async function openScheduler(name: string) {
  const opened = createScheduler({
    name,
    jobs: [{ name: 'poll', schedule: every({ hours: 1 }), handler() {} }],
    ...createMemoryBackend(),
  })
  await opened.open()
  return opened
}

async function open(path: string, role: Role | null = null, init: RequestInit = {}): Promise<Response> {
  const cookie = role === null ? {} : { cookie: await cookieOf(role) }
  return fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers: { accept: 'text/html', origin, ...cookie } })
}

function logIn(to: string): Promise<Response> {
  const body = new URLSearchParams({ account: 'admin', token: 'admin-0123456789abcdef', to })
  return open('/login', null, { method: 'POST', body })
}

test('who is not logged in is sent to the login page, and from there to the page that was asked for', async () => {
  const sent = await open('/admin/system/runs?state=failed')
  const login = sent.headers.get('location') ?? ''
  expect([sent.status, login]).toEqual([303, '../../login?to=%2Fadmin%2Fsystem%2Fruns%3Fstate%3Dfailed'])
  expect(await (await open(login.replace('../..', ''))).text()).toContain(
    'name="to" value="/admin/system/runs?state=failed"',
  )

  const back = await logIn('/admin/system/runs?state=failed')
  expect([back.status, back.headers.get('location')]).toEqual([303, './admin/system/runs?state=failed'])
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/../x',
  '/admin/%2E./..\\x',
  '',
])('a login never leads to "%s"', async (to) => {
  expect((await logIn(to)).headers.get('location')).toBe('./')
})

test('both schedulers are side by side, each role has its page, and the pages lead to each other', async () => {
  const page = await (await open('/admin', 'admin')).text()
  for (const text of ['"market_data_scheduler"', '"portfolio_scheduler"', '"control":true', '"href":"../"'])
    expect(page).toContain(text)
  expect(await (await open('/', 'admin')).text()).toContain('href="./admin"')
  expect(await (await open('/', 'analyst')).text()).toContain('href="./admin/market-data"')
  expect((await open('/admin/market-data', 'analyst')).status).toBe(200)
  const refused = await open('/admin', 'analyst')
  expect(refused.status).toBe(403)
  expect(await refused.text()).toContain('href="market-data"')
})

test('the link to log out leads to a page with a button, so that nothing logs out by itself', async () => {
  const page = await open('/logout', 'admin')
  expect(page.headers.get('set-cookie')).toBeNull()
  expect(await page.text()).toContain('<form method="post" action="./logout">')
})

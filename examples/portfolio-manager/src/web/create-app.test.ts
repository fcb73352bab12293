import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { createMemoryBackend, createScheduler, every, silentLogger } from '@pm/scheduler-core'
import { adminStatusV1 } from '@pm/scheduler-core/contract/v1'
import { adminStatusV2, marketDataStatusV2 } from '@pm/scheduler-core/contract/v2'
import { createTcpProxy } from '@pm/scheduler-testing'
import { createTypeormSessions, migrateScheduler } from '@pm/scheduler-typeorm'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'

import { createTestAccess, TEST_TOKENS as TOKENS } from '../../test/test-access.ts'
import { testValuation } from '../../test/test-valuation.ts'
import { connectDatabase } from '../database/connect.ts'
import { migrateDatabase } from '../database/migrate.ts'
import { feedStatuses } from '../portfolio/feed-statuses.ts'
import { createRecalculationScheduler, RECALCULATION } from '../recalculation/create-recalculation-scheduler.ts'
import { recalculationStatus } from '../recalculation/recalculation-status.ts'
import { createApp } from './create-app.ts'

const { access, cookieOf } = createTestAccess()
const database = await createTestDatabase()
const dataSource = await connectDatabase({ url: database.url, logger: silentLogger })
await migrateDatabase(dataSource)

const backend = createMemoryBackend()
const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll-market-data', schedule: every({ hours: 1 }), handler() {} }],
  sessions: backend.sessions,
  store: backend.store,
})
await scheduler.open()

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
const sessions = createTypeormSessions(dataSource)
await migrateScheduler(dataSource)
const valuation = testValuation({ sessions, statuses: feedStatuses(scheduler) })
const recalculation = createRecalculationScheduler({
  sessions,
  valuation,
  secrets: [],
  logger: silentLogger,
  keepTables: null,
})
await recalculation.open()
const allowedOrigins = ['https://ops.example.com']
const shared = {
  scheduler,
  recalculation,
  valuation,
  access,
  market,
  logger: silentLogger,
  allowedOrigins,
  trustProxy: false,
} as const
const server = createServer(createApp(shared))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

afterAll(async () => {
  await scheduler.close()
  await recalculation.close()
  server.close()
  server.closeAllConnections()
  await dataSource.destroy()
  await database.drop()
})

const ADMIN = '/api/v1/admin/scheduler'
const MARKET = '/api/v1/market-data/scheduler'
const PROTECTED = ['/', '/api/v1/portfolio', `${ADMIN}/status`, `${MARKET}/status`, `${ADMIN}/`, '/API/v1/portfolio']
const NO_RUN = '00000000-0000-4000-8000-000000000000'

describe('access without a role, as an analyst, and as an admin', () => {
  test.each([
    // method, path, nobody, analyst, admin
    ['GET', '/', 401, 200, 200],
    ['GET', '/api/v1/portfolio', 401, 200, 200],
    ['GET', `${MARKET}/status`, 401, 200, 200],
    ['GET', `${MARKET}/providers`, 401, 200, 200],
    ['GET', `${MARKET}/freshness`, 401, 200, 200],
    ['GET', '/api/v1/portfolio/scheduler/status', 401, 200, 200],
    ['GET', '/api/v2/market-data/scheduler/status', 401, 200, 200],
    ['GET', '/api/v2/market-data/scheduler/status?explain=success_rate', 401, 200, 200],
    ['GET', '/api/v2/admin/scheduler/status', 401, 403, 200],
    ['GET', '/api/v2/admin/scheduler/status?explain=sucess_rate', 401, 403, 400],
    ['GET', `${ADMIN}/metrics/definitions`, 401, 403, 200],
    ['GET', `${ADMIN}/status`, 401, 403, 200],
    ['GET', `${ADMIN}/jobs`, 401, 403, 200],
    ['GET', `${ADMIN}/jobs/poll-market-data`, 401, 403, 200],
    ['GET', `${ADMIN}/runs`, 401, 403, 200],
    ['GET', `${ADMIN}/runs/${NO_RUN}`, 401, 403, 404],
    ['GET', `${ADMIN}/log`, 401, 403, 200],
    ['POST', `${ADMIN}/pause`, 401, 403, 200],
    ['POST', `${ADMIN}/resume`, 401, 403, 200],
    ['POST', `${ADMIN}/stop`, 401, 403, 202],
    ['POST', `${ADMIN}/start`, 401, 403, 200],
    ['POST', `${ADMIN}/jobs/poll-market-data/run`, 401, 403, 202],
    ['POST', `${ADMIN}/jobs/poll-market-data/pause`, 401, 403, 200],
    ['POST', `${ADMIN}/jobs/poll-market-data/resume`, 401, 403, 200],
    ['POST', `${ADMIN}/runs/${NO_RUN}/cancel`, 401, 403, 404],
    ['GET', '/what/is/not/there', 401, 404, 404],
    ['GET', '/health/live', 200, 200, 200],
    ['GET', '/health/ready', 200, 200, 200],
    ['GET', '/login', 200, 200, 200],
  ])('%s %s', async (method, path, ...expected) => {
    const answers = [null, 'analyst', 'admin'] as const
    const statuses: number[] = []
    for (const role of answers) statuses.push((await ask(method, path, role && bearer(role))).status)
    expect(statuses).toEqual(expected)
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is refused everywhere without a role', async (method) => {
    for (const path of PROTECTED) expect([path, (await ask(method, path)).status >= 400]).toEqual([path, true])
  })

  test('OPTIONS without a role reveals only the methods of a path', async () => {
    for (const path of PROTECTED) expect(await (await ask('OPTIONS', path)).text()).not.toMatch(/state|symbol|runs/)
  })
})

test('a command from a page of another site is refused even with a valid cookie', async () => {
  const cookie = await cookieOf('admin')
  const crossSite = await ask('POST', `${ADMIN}/stop`, { cookie, 'sec-fetch-site': 'cross-site' })
  expect(crossSite.status).toBe(403)
  expect((await ask('POST', `${ADMIN}/start`, { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('the pages of ALLOWED_ORIGINS may send commands, as they do behind a proxy that rewrites Host', async () => {
  const cookie = await cookieOf('admin')
  const start = (from: string) => ask('POST', `${ADMIN}/start`, { cookie, origin: from })
  expect((await start('https://ops.example.com')).status).toBe(200)
  const refused = await start('https://other.example.com')
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('allowedOrigins')])
})

test('a command is logged under the account that gave it', async () => {
  await ask('POST', `${ADMIN}/pause`, bearer('admin'))
  const { items } = (await (await ask('GET', `${ADMIN}/log`, bearer('admin'))).json()) as { items: { by: string }[] }
  expect(items[0]).toMatchObject({ kind: 'pause', by: 'admin' })
  await ask('POST', `${ADMIN}/resume`, bearer('admin'))
})

test('a portfolio without quotes reports unknown values and replayed prices', async () => {
  const answer = await ask('GET', '/api/v1/portfolio', bearer('analyst'))
  expect(await answer.json()).toMatchObject({
    market_data: 'replay',
    positions: [
      { symbol: 'AAPL', price: null, value: null, unpriced_reason: 'no_quote' },
      {},
      {},
      {},
      { symbol: 'VOD.L', currency: 'GBP' },
    ],
    totals: [
      { currency: 'GBP', value: null, positions: 1, unpriced: 1 },
      { currency: 'USD', value: null, positions: 4, unpriced: 4 },
    ],
    total: { kind: 'apart', value: null, apart_reason: 'no_rates', positions: 5, unpriced: 5, worst_status: 'unknown' },
  })
})

test('the recalculation has its own status, with the numbers of the library', async () => {
  await recalculation.runJob(RECALCULATION)
  await recalculation.whenIdle()
  const { snapshot } = await vi.waitFor(async () => {
    const reading = await recalculation.snapshot({ maxAgeMs: 0 })
    expect(reading.stale).toBe(false)
    return reading
  }, 20_000)
  const { succeeded } = snapshot.totals.recent
  expect(succeeded).toBeGreaterThan(0)
  const answer = await ask('GET', '/api/v1/portfolio/scheduler/status', bearer('analyst'))
  const status: unknown = await answer.json()
  expect(recalculationStatus.schema.parse(status)).toEqual(status)
  expect(status).toMatchObject({
    state: 'running',
    valuations: 0,
    success_rate: 100,
    holdings_unpriced: 5 * succeeded,
  })
})

test('both versions report the same numbers of one snapshot', async () => {
  const of = async (path: string) => (await ask('GET', path, bearer('admin'))).json()
  const admin = adminStatusV2.parse(await of('/api/v2/admin/scheduler/status'))
  const marketData = marketDataStatusV2.parse(await of('/api/v2/market-data/scheduler/status'))
  const { schedulerName, total_runs, success_rate } = adminStatusV1.parse(await of(`${ADMIN}/status`))
  expect([admin.scheduler.name, admin.windows.lifetime.total_runs, admin.windows.lifetime.success_rate]).toEqual([
    schedulerName,
    total_runs,
    success_rate,
  ])
  expect(marketData.windows.lifetime).toMatchObject({ total_runs, success_rate })
})

test('the portfolio answers 503 while the database is away', async () => {
  const target = new URL(database.url)
  const proxy = await createTcpProxy({ target: { host: target.hostname, port: Number(target.port) } })
  target.port = String(proxy.port)
  const gone = await connectDatabase({ url: target.href, logger: silentLogger })
  await proxy.close()
  const without = await serve(
    createApp({ ...shared, valuation: testValuation({ sessions: createTypeormSessions(gone) }) }),
  )
  const answer = await fetch(`${without}/api/v1/portfolio`, { headers: bearer('analyst') })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await answer.json()).toEqual({ type: 'about:blank', title: 'Service Unavailable', status: 503 })
  await gone.destroy()
})

test('the pages, their files and the responses that they fetch contain no secret that a job threw, no token and no password', async () => {
  const secret = 'canary+7f3a/9c'
  const failing = createScheduler({
    name: 'market_data_scheduler',
    jobs: [
      {
        name: 'poll-market-data',
        schedule: every({ hours: 1 }),
        handler() {
          throw Object.assign(new Error(`GET https://quotes.test/${secret} refused`), { name: secret })
        },
      },
    ],
    secrets: [secret],
    ...createMemoryBackend(),
  })
  await failing.open()
  onTestFinished(() => failing.close({ graceMs: 0 }))
  await failing.runJob('poll-market-data')
  await failing.whenIdle()
  const url = await serve(createApp({ ...shared, scheduler: failing }))

  const seen: Record<string, string> = {}
  const read = async (path: string, role: keyof typeof TOKENS | null) => {
    const answer = await fetch(url + path, { headers: role ? bearer(role) : {} })
    const text = JSON.stringify([...answer.headers]) + (await answer.text())
    seen[`${role} ${path}`] = text
    return text
  }
  for (const role of [null, 'analyst', 'admin'] as const) {
    const pages = (await read('/', role)) + (await read('/login', role))
    const files = [...pages.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
    for (const file of new Set(files)) {
      const asked = [...(await read(file, role)).matchAll(/'\.(\/api\/[^']+)'/g)].map(([, path]) => path ?? '')
      for (const path of asked) await read(path, role)
    }
    await read(`${ADMIN}/runs`, role)
  }
  expect(Object.keys(seen)).toEqual(expect.arrayContaining([`admin ${ADMIN}/runs`, 'analyst /api/v1/portfolio']))
  expect(seen[`admin ${ADMIN}/runs`]).toContain('refused')
  const password = new URL(database.url).password
  const secrets = [secret, 'canary', encodeURIComponent(secret), ...Object.values(TOKENS), password]
  const leaks = Object.entries(seen).flatMap(([where, text]) =>
    secrets.filter((each) => each !== '' && text.includes(each)).map(() => where),
  )
  expect(leaks).toEqual([])
})

test('every answer has the strict policy and names the replay; static files may be cached for ever', async () => {
  for (const path of ['/', '/login', '/api/v1/portfolio', `${ADMIN}/status`, '/nothing']) {
    const { headers } = await ask('GET', path, bearer('admin'))
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(headers.get('x-market-data')).toBe('replay')
    expect(headers.get('x-powered-by')).toBeNull()
  }
  const page = await (await ask('GET', '/', bearer('admin'))).text()
  const files = [...page.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(files).toHaveLength(3)
  for (const path of files) {
    const { status, headers } = await ask('GET', path)
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
  }
})

test('a malformed request is answered 4xx without internal details', async () => {
  for (const [path, init] of [
    ['/api/v1/%ff', {}],
    [
      '/login',
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'x'.repeat(9_000) },
    ],
  ] as const) {
    const answer = await fetch(origin + path, { ...init })
    expect(answer.status).toBeLessThan(500)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).not.toMatch(/node_modules|\bat .*\.ts/)
  }
})

async function serve(app: ReturnType<typeof createApp>): Promise<string> {
  const own = createServer(app).listen(0, '127.0.0.1')
  onTestFinished(() => void own.close().closeAllConnections())
  await once(own, 'listening')
  return `http://127.0.0.1:${(own.address() as AddressInfo).port}`
}

function ask(method: string, path: string, headers: Record<string, string> | null = null): Promise<Response> {
  const json = method === 'POST' ? { 'content-type': 'application/json' } : {}
  const body = method === 'POST' ? '{}' : null
  return fetch(origin + path, { method, redirect: 'manual', headers: { ...json, ...headers }, body })
}

function bearer(role: keyof typeof TOKENS): Record<string, string> {
  return { authorization: `Bearer ${TOKENS[role]}` }
}

describe('metrics for Prometheus', () => {
  const scrape = (token: string) => fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } })

  test('cover both schedulers and the process', async () => {
    const answer = await scrape(TOKENS.admin)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const text = await answer.text()
    expect(text).toContain('scheduler_state{scheduler="market_data_scheduler",state="running"} 1')
    expect(text).toContain(`scheduler_runs_total{scheduler="${recalculation.name}",scheduler_job="${RECALCULATION}"}`)
    expect(text).toContain('process_cpu_seconds_total')
  })

  test('are only for admins', async () => {
    expect((await scrape(TOKENS.analyst)).status).toBe(403)
    expect((await fetch(`${origin}/metrics`)).status).toBe(401)
  })
})

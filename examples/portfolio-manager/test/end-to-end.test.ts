import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  type AdminStatusV1,
  adminStatusV1,
  type MarketDataStatusV1,
  marketDataStatusV1,
} from '@pm/scheduler-core/contract/v1'
import { adminStatusV2, type FreshnessView, freshness, marketDataStatusV2 } from '@pm/scheduler-core/contract/v2'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { recalculationStatus } from '../src/recalculation/recalculation-status.ts'
import { connectBeside, type RunningApplication, startOn, TOKENS } from './application.ts'
import { eventually, familyOf, isAlive } from './processes.ts'

/*
 * One story on one data folder: a first start, a comparison of both statuses with the rows, a crash in the middle of a
 * poll, a restart that accounts for it, an orderly stop, and a start that finds everything unchanged.
 */

const ADMIN = '/api/v1/admin/scheduler'
const MARKET = '/api/v1/market-data/scheduler'
/** The market's scheduler; the one that values the portfolio shares its tables. */
const POLLS = "scheduler = 'market_data_scheduler'"
const dataDir = mkdtempSync(join(tmpdir(), 'portfolio-manager-'))
const started: RunningApplication[] = []
let app: RunningApplication

const start = async () => {
  app = await startOn(dataDir, { POLL_INTERVAL_SECONDS: '1' })
  started.push(app)
}

beforeAll(start)
afterAll(async () => {
  for (const { main } of started) {
    main.child.kill('SIGKILL')
    await main.exited
  }
  rmSync(dataDir, { recursive: true, force: true })
})

test('on an empty folder the application starts, polls, and says that it replays', async () => {
  const status = await eventually('a settled poll', async () => {
    const now = await app.read<AdminStatusV1>(`${ADMIN}/status`)
    return now.total_runs > 0 && now.state === 'running' && now
  })
  expect(status).toMatchObject({ schedulerName: 'market_data_scheduler', failed_runs: 0, success_rate: 100 })
  expect(app.main.stdout).toContain('REPLAY')
  for (const path of ['/', `${ADMIN}/status`, `${MARKET}/status`, '/api/v1/portfolio', '/health/live']) {
    expect((await app.get(path, TOKENS.admin)).headers.get('x-market-data')).toBe('replay')
  }
  for (const token of Object.values(TOKENS)) expect(app.main.stdout).not.toContain(token)
})

test('it runs as a role that reads and writes rows, and prints no password', async () => {
  const database = await connectBeside(dataDir)
  const { rows } = await database.query<{ usename: string }>(
    `SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = 'portfolio-manager'`,
  )
  await database.end()
  expect(rows).toEqual([{ usename: 'portfolio_app' }])
  expect(app.main.stdout).toContain('a pool of connections with time limits, as portfolio_app')
  const password = readFileSync(join(dataDir, 'postgres', 'password'), 'utf8').trim()
  expect(app.main.stdout + app.main.stderr).not.toContain(password)
  expect(app.main.stdout + app.main.stderr).not.toMatch(/postgres(ql)?:\/\/[^\s/]*:[^\s/]*@/)
})

/** Pauses the scheduler and waits for its running runs, so that nothing changes any more. */
async function pauseAndSettle(): Promise<void> {
  await app.post(`${ADMIN}/pause`, TOKENS.admin)
  await eventually('no run is under way', async () => {
    const { items } = await app.read<{ items: readonly object[] }>(`${ADMIN}/runs?state=running`)
    return items.length === 0
  })
  // After a command no earlier snapshot counts as fresh, so a fresh status includes the last run.
  await app.post(`${ADMIN}/pause`, TOKENS.admin)
  await eventually('a status that is not stale', async () => {
    const { headers } = await app.get(`${ADMIN}/status`, TOKENS.admin)
    return !headers.has('age')
  })
}

test('both statuses have the frozen shape, and their numbers equal the rows', async () => {
  await pauseAndSettle()
  const database = await connectBeside(dataDir)
  const query = async <T>(sql: string) => (await database.query<T & object>(sql)).rows
  const [admin, market, portfolio] = await Promise.all([
    app.read<AdminStatusV1>(`${ADMIN}/status`),
    app.read<MarketDataStatusV1>(`${MARKET}/status`, TOKENS.analyst),
    app.read<Portfolio>('/api/v1/portfolio', TOKENS.analyst),
  ])
  const fresh = await app.read<FreshnessView>(`${MARKET}/freshness`, TOKENS.analyst)
  const [runs] = await query<Record<string, number>>(`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
           sum(items_processed)::int AS symbols, max(settled_at) AS last
      FROM pm_scheduler.settled WHERE ${POLLS} AND kind = 'run'`)
  const [calls] = await query<Record<string, number>>(`
    SELECT sum(c.succeeded)::int AS succeeded, sum(c.calls)::int AS calls, sum(c.answered_ms)::int AS ms,
           sum(c.answered)::int AS answered
      FROM pm_scheduler.settled AS l,
           jsonb_to_recordset(l.calls) AS c (succeeded bigint, calls bigint, answered_ms bigint, answered bigint)`)
  const prices = await query<{ symbol: string; price: string }>(`
    SELECT DISTINCT ON (symbol) symbol, trim_scale(price)::text AS price FROM quotes
     WHERE symbol <> '^VIX' ORDER BY symbol, event_time DESC`)
  const feeds = await query<{ feed: string; provider: string; event: Date; fetched: Date; changed: Date }>(`
    SELECT symbol AS feed, provider, event_time AS event, fetched_at AS fetched, changed_at AS changed FROM feeds`)
  await database.end()

  expect(freshness.parse(fresh).feeds_by_status).toMatchObject({ total: 6, expired: 6 })
  expect(fresh.items).toHaveLength(feeds.length)
  for (const { feed, provider, event, fetched, changed } of feeds) {
    expect(fresh.items?.find((item) => item.feed === feed)).toMatchObject({
      provider,
      event_time: event.toISOString(),
      fetched_at: fetched.toISOString(),
      changed_at: changed.toISOString(),
      // The age of a past price counts from its own time, not from its fetch.
      status: 'expired',
      age_seconds: Math.floor((Date.parse(fresh.as_of) - event.getTime()) / 1_000),
    })
  }
  expect(adminStatusV1.strict().parse(admin)).toEqual({
    schedulerName: 'market_data_scheduler',
    state: 'paused',
    lastRun: new Date(runs?.['last'] ?? 0).toISOString(),
    nextRun: null,
    total_runs: runs?.['total'],
    successful_runs: runs?.['succeeded'],
    failed_runs: 0,
    symbols_processed: runs?.['symbols'],
    success_rate: 100,
    uptimeSeconds: expect.any(Number),
  })
  expect(marketDataStatusV1.strict().parse(market)).toEqual({
    scheduler: { state: 'paused', next_run: null, interval_minutes: expect.closeTo(1 / 60, 2) },
    recent_activity: {
      total_symbols_processed: runs?.['symbols'],
      success_rate: 100,
      avg_response_time_ms: expect.closeTo((calls?.['ms'] ?? 0) / (calls?.['answered'] ?? 1), 0),
    },
    provider_stats: {
      yahoo_finance: { enabled: true, success_rate: 100 },
      alpha_vantage: { enabled: false, api_key_configured: false },
    },
  })
  const [adminV2, marketV2] = await Promise.all([
    app.read('/api/v2/admin/scheduler/status').then(adminStatusV2.parse),
    app.read('/api/v2/market-data/scheduler/status', TOKENS.analyst).then(marketDataStatusV2.parse),
  ])
  const { total_runs, successful_runs, failed_runs, success_rate, symbols_processed } = admin
  const counted = { total_runs, successful_runs, failed_runs, success_rate, items_processed: symbols_processed }
  expect(adminV2.windows.lifetime).toMatchObject(counted)
  expect(adminV2.providers).toEqual(marketV2.providers)
  expect(marketV2).toMatchObject({
    windows: { lifetime: { items_processed: symbols_processed } },
    feeds_attention: { total: 6 },
  })
  // The list has more of each feed than the status, and the same of what both have.
  expect(fresh.items).toMatchObject(marketV2.feeds_attention.items?.map(withoutAge) ?? [])
  expect(fresh.items?.map(({ reason, venue }) => [reason, venue])).toContainEqual(['no_price_for_days', 'XLON'])
  // All is well: the replayed prices are years old by design, and every poll is answered.
  expect(await app.read('/health/data')).toMatchObject({ status: 'pass' })
  const recalculated = await eventually('a status of the recalculation that is not stale', async () => {
    const answer = await app.read('/api/v1/portfolio/scheduler/status', TOKENS.analyst)
    const status = recalculationStatus.schema.parse(answer)
    return !status.stale && status
  })
  expect(recalculated.state).toBe('running')

  expect(runs?.['symbols']).toBe((runs?.['total'] ?? 0) * 6)
  expect(portfolio.market_data).toBe('replay')
  expect(portfolio.positions.map(({ symbol, price }) => ({ symbol, price }))).toEqual(prices)
  const inputs = { unpriced: 0, worst_status: 'expired', oldest_fetched_at: expect.any(String) }
  const digits = expect.stringMatching(/^\d+(\.\d+)?$/)
  expect(portfolio.totals).toMatchObject([
    { currency: 'GBP', value: digits, positions: 1, oldest_symbol: 'VOD.L', ...inputs },
    { currency: 'USD', value: digits, positions: 4, oldest_symbol: 'AAPL', ...inputs },
  ])
  expect(portfolio.total).toMatchObject({ kind: 'converted', currency: 'USD', value: digits, positions: 5, ...inputs })
  expect(portfolio.total.rates).toMatchObject([
    { from: 'GBP', to: 'USD', source: 'ECB', rate_date: expect.any(String) },
  ])
  // Price and freshness are of one feed: the same provider, the same times, the same judgement.
  for (const position of portfolio.positions) {
    expect(fresh.items?.find(({ feed }) => feed === position.symbol)).toMatchObject({
      status: position.status,
      provider: position.provider,
      event_time: position.quoted_at,
      fetched_at: position.fetched_at,
    })
  }
  const london = portfolio.positions.find(({ symbol }) => symbol === 'VOD.L')
  expect(london).toMatchObject({ currency: 'GBP', price_unit: 'GBp' })
  // 1,000 shares at so many pence are ten times as many pounds.
  expect(Number(london?.value)).toBeCloseTo(Number(london?.price) * 10, 6)
  await app.post(`${ADMIN}/resume`, TOKENS.admin)
})

/** The age grows from one snapshot to the next. */
function withoutAge({ age_seconds: _, ...feed }: object & { readonly age_seconds: unknown }): object {
  return feed
}

interface Portfolio {
  readonly market_data: string
  readonly positions: readonly {
    readonly symbol: string
    readonly price: string | null
    readonly value: string | null
    readonly provider: string
    readonly quoted_at: string
    readonly fetched_at: string
    readonly status: string
  }[]
  readonly totals: readonly object[]
  readonly total: { readonly rates: readonly object[] }
}

test('after a crash in the middle of a poll its run is orphaned, and no count is lost', async () => {
  const beside = await connectBeside(dataDir)
  await beside.query('BEGIN; LOCK TABLE quotes IN ACCESS EXCLUSIVE MODE')
  const interrupted = await eventually('a poll that waits for the lock', async () => {
    const { rows } = await beside.query<{ id: string }>(`
      SELECT id FROM pm_scheduler.under_way
       WHERE ${POLLS} AND EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'quotes'::regclass AND NOT granted)`)
    return rows[0]?.id ?? null
  })
  const before = await app.read<AdminStatusV1>(`${ADMIN}/status`)
  const family = familyOf(app.main.child.pid ?? 0)
  app.main.child.kill('SIGKILL')
  expect(await app.main.exited).toBe('SIGKILL')
  await beside.end().catch(() => {})
  await eventually('the database of the killed process ends too', () => !family.some(isAlive))

  await start()
  const run = await eventually('the interrupted run is orphaned', async () => {
    const found = await app.read<{ state: string; settled_at: string | null }>(`${ADMIN}/runs/${interrupted}`)
    return found.state !== 'running' && found
  })
  expect(run.state).toBe('orphaned')
  const after = await eventually('runs go on', async () => {
    const now = await app.read<AdminStatusV1>(`${ADMIN}/status`)
    return now.successful_runs > before.successful_runs && now.failed_runs > 0 && now.state === 'running' && now
  })
  expect(after).toMatchObject({ failed_runs: 1 })
  expect(after.total_runs).toBe(after.successful_runs + after.failed_runs)
  expect(after.symbols_processed).toBe(after.successful_runs * 6)
})

test('a stop leaves no process behind, and the next start finds the same totals, desired state and sessions', async () => {
  await pauseAndSettle()
  const before = await app.read<AdminStatusV1>(`${ADMIN}/status`)
  expect(before.state).toBe('paused')
  const session = await logIn()
  const family = familyOf(app.main.child.pid ?? 0)
  expect(family.length).toBeGreaterThan(1)
  app.main.child.kill('SIGTERM')
  expect(await app.main.exited).toBe(0)
  await eventually('every process of it is gone', () => !family.some(isAlive))
  expect(app.main.stderr).toBe('')

  await start()
  const after = await eventually('paused again', async () => {
    const now = await app.read<AdminStatusV1>(`${ADMIN}/status`)
    return now.state === 'paused' && now
  })
  expect({ ...after, uptimeSeconds: 0 }).toEqual({ ...before, uptimeSeconds: 0 })

  expect(await statusOf(session)).toBe(200)
  const headers = { cookie: session, origin: app.url }
  const out = await fetch(`${app.url}/logout`, { method: 'POST', redirect: 'manual', headers })
  expect([out.status, await statusOf(session)]).toEqual([303, 401])
})

/** Logs in as a browser does, and returns what it then sends as its cookie. */
async function logIn(): Promise<string> {
  const body = new URLSearchParams({ account: 'analyst', token: TOKENS.analyst })
  const headers = { origin: app.url }
  const answer = await fetch(`${app.url}/login`, { method: 'POST', redirect: 'manual', headers, body })
  expect(answer.status).toBe(303)
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

async function statusOf(session: string): Promise<number> {
  return (await fetch(`${app.url}/api/v1/portfolio`, { headers: { cookie: session } })).status
}

test('a second signal ends a stop that waits for a poll, at once', async () => {
  const beside = await connectBeside(dataDir)
  await beside.query('BEGIN; LOCK TABLE quotes IN ACCESS EXCLUSIVE MODE')
  await app.post(`${ADMIN}/resume`, TOKENS.admin)
  await eventually('a poll that waits for the lock', async () => {
    const { rowCount } = await beside.query(
      "SELECT 1 FROM pg_locks WHERE relation = 'quotes'::regclass AND NOT granted",
    )
    return (rowCount ?? 0) > 0
  })
  const family = familyOf(app.main.child.pid ?? 0)
  const from = performance.now()
  await eventually('it ends', () => {
    app.main.child.kill('SIGTERM')
    return app.main.child.exitCode !== null
  })
  expect(await app.main.exited).toBe(143)
  // The drain alone would have waited for 10 s.
  expect(performance.now() - from).toBeLessThan(8_000)
  await beside.end().catch(() => {})
  await eventually('every process of it is gone', () => !family.some(isAlive))
})

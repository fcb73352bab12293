import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every, silentLogger } from '@pm/scheduler-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'

import { createMemoryTokenStore } from '../../test/memory-token-store.ts'
import { createTestAccess, TEST_TOKENS } from '../../test/test-access.ts'
import { testValuation } from '../../test/test-valuation.ts'
import { ATTEMPTS_PER_ADDRESS } from '../auth/access.ts'
import { LOGIN_COOKIE } from '../auth/login-cookie.ts'
import type { TrustedProxies } from '../config/trusted-proxies.ts'
import { createApp } from './create-app.ts'

const MARKET = '/api/v1/market-data/scheduler'
const ADMIN = '/api/v1/admin/scheduler'
const [scheduler, recalculation] = [create('market_data_scheduler'), create('portfolio_scheduler')] as const
await scheduler.open()
afterAll(() => scheduler.close({ graceMs: 0 }))

const market = {
  kind: 'replay',
  providers: [],
  defaultIntervalSeconds: 15,
  note: null,
  symbols: null,
  made: [],
  replayUrl: null,
} as const

function create(name: string) {
  const jobs = [{ name: 'poll-market-data', schedule: every({ hours: 1 }), handler() {} }]
  return createScheduler({ name, jobs, ...createMemoryBackend() })
}

/** A server of its own for each story, so that no story's attempts count in another. */
async function serve({ trustProxy = false }: { readonly trustProxy?: TrustedProxies } = {}) {
  const store = createMemoryTokenStore()
  const { access, accounts } = createTestAccess({ store })
  const { sessions } = createMemoryBackend()
  const app = createApp({
    scheduler,
    recalculation,
    access,
    market: { ...market, async close() {} },
    logger: silentLogger,
    // No story here reads the portfolio, so its sessions need no database.
    valuation: testValuation({ sessions: sessions as never }),
    allowedOrigins: ['https://ops.example.com'],
    trustProxy,
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const get = (path: string, headers: Record<string, string> = {}, signal: AbortSignal | null = null) =>
    fetch(origin + path, { redirect: 'manual', headers, signal })
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = { origin }) =>
    fetch(origin + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
  const logIn = (headers: Record<string, string> = {}) =>
    post('/login', { account: 'analyst', token: ` ${TEST_TOKENS.analyst} ` }, { origin, ...headers })
  const [admin, analyst] = accounts
  if (!admin || !analyst) throw new Error('two accounts')
  return { access, admin, analyst, store, origin, get, post, logIn }
}

/** What a browser sends back of the cookie that an answer sets. */
function cookieIn(answer: Response): { readonly cookie: string } {
  return { cookie: answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '' }
}

describe('logging in', () => {
  test('by account and token sets a cookie that scripts and other sites cannot use', async () => {
    const { get, logIn } = await serve()
    const answer = await logIn()
    expect([answer.status, answer.headers.get('location')]).toEqual([303, './'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/; HttpOnly/)
    expect(set).toMatch(/; SameSite=Strict/)
    expect(set).not.toContain(TEST_TOKENS.analyst)
    expect((await get(`${MARKET}/status`, cookieIn(answer))).status).toBe(200)
    expect((await get(`${ADMIN}/status`, cookieIn(answer))).status).toBe(403)
    expect(await (await get('/', cookieIn(answer))).text()).toContain('<span class="role">analyst</span>')
  })

  test.each([
    ['another account', { account: 'anna', token: TEST_TOKENS.analyst }],
    ['no account', { token: TEST_TOKENS.analyst }],
    ['a wrong token', { account: 'analyst', token: 'wrong' }],
    ['no token', { account: 'analyst' }],
    ['nothing', {}],
  ])('is refused with %s', async (_, fields) => {
    const { post } = await serve()
    const answer = await post('/login', fields)
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
    expect(await answer.text()).toContain('This account and token do not match.')
  })

  test('begins a new session each time, and ends the one that the browser had', async () => {
    const { get, logIn, store } = await serve()
    const first = cookieIn(await logIn())
    const second = cookieIn(await logIn(first))
    expect(second).not.toEqual(first)
    expect([(await get('/', first)).status, (await get('/', second)).status]).toEqual([401, 200])
    expect(store.tokens.size).toBe(1)
  })

  test('takes no session that somebody else has chosen', async () => {
    const { get, logIn } = await serve()
    const chosen = { cookie: `${LOGIN_COOKIE}=analyst.${'A'.repeat(43)}.${'A'.repeat(43)}` }
    const given = cookieIn(await logIn(chosen))
    expect(given).not.toEqual(chosen)
    expect((await get('/', chosen)).status).toBe(401)
  })

  test('200 wrong logins are answered with 429 and the time to wait after the first few', async () => {
    const { post, logIn } = await serve()
    const statuses: number[] = []
    for (let attempt = 0; attempt < 200; attempt++) {
      const answer = await post('/login', { account: 'admin', token: `wrong-${attempt}` })
      statuses.push(answer.status)
      const wait = Number(answer.headers.get('retry-after'))
      if (answer.status === 429) expect(wait > 0 && wait <= 300).toBe(true)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(ATTEMPTS_PER_ADDRESS)
    expect(statuses.slice(ATTEMPTS_PER_ADDRESS).every((status) => status === 429)).toBe(true)
    expect((await logIn()).status).toBe(429)
  })

  test('wrong bearer tokens are limited as well, while sessions of the address go on', async () => {
    const { get, logIn } = await serve()
    const session = cookieIn(await logIn())
    const statuses: number[] = []
    for (let attempt = 0; attempt < 50; attempt++) {
      statuses.push((await get(`${MARKET}/status`, { authorization: `Bearer wrong-${attempt}` })).status)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(ATTEMPTS_PER_ADDRESS)
    const limited = await get(`${MARKET}/status`, { authorization: `Bearer ${TEST_TOKENS.analyst}` })
    expect([limited.status, Number(limited.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await get(`${MARKET}/status`, session)).status).toBe(200)
  })
})

describe('a login link', () => {
  test('shows a page with a button however often it is opened, and the button works once', async () => {
    const { access, analyst, get, post } = await serve()
    const link = await access.logins.makeLink(analyst)
    for (let opened = 0; opened < 3; opened++) {
      const page = await get(`/login?link=${link}`)
      expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null])
      expect(await page.text()).toContain(`<input type="hidden" name="link" value="${link}">`)
    }
    const pressed = await Promise.all([1, 2, 3].map(() => post('/login', { link, to: '/admin/market-data' })))
    expect(pressed.map(({ status }) => status).sort()).toEqual([303, 401, 401])
    const won = pressed.find(({ status }) => status === 303)
    if (!won) throw new Error('Nobody won.')
    expect(won.headers.get('location')).toBe('./admin/market-data')
    expect((await get('/', cookieIn(won))).status).toBe(200)
    expect(await (await post('/login', { link })).text()).toContain('This link was used before, or has expired.')
  })

  test('with anything else in it shows the same page, and logs nobody in', async () => {
    const { get, post } = await serve()
    const page = await (await get('/login?link=%22%3E%3Cb%3E')).text()
    expect(page).toContain('value="&quot;&gt;&lt;b&gt;"')
    expect((await post('/login', { link: 'x' })).status).toBe(401)
    expect(await (await get(`/login?token=${TEST_TOKENS.admin}`)).text()).toContain('name="token"')
  })
})

test('a session that cannot be looked up is answered with 503, and a token is good all the same', async () => {
  const { get, logIn, store } = await serve()
  const session = cookieIn(await logIn())
  store.away = true
  const answer = await get(`${MARKET}/status`, session)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect((await get(`${MARKET}/status`, { authorization: `Bearer ${TEST_TOKENS.analyst}` })).status).toBe(200)
  expect((await get('/health/live', session)).status).toBe(200)
  expect((await get('/login', session)).status).toBe(200)
})

describe('logging out', () => {
  test('ends the session, and not only the cookie', async () => {
    const { get, logIn, origin, post, store } = await serve()
    const session = cookieIn(await logIn())
    const answer = await post('/logout', {}, { origin, ...session })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, './login'])
    expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`^${LOGIN_COOKIE}=;.*Expires=Thu, 01 Jan 1970`))
    expect([(await get('/', session)).status, store.tokens.size]).toEqual([401, 0])
  })

  test('everywhere ends every session of the account', async () => {
    const { get, logIn, origin, post } = await serve()
    const sessions = [cookieIn(await logIn()), cookieIn(await logIn())]
    await post('/logout', { everywhere: 'yes' }, { origin, ...sessions[0] })
    for (const session of sessions) expect((await get('/', session)).status).toBe(401)
  })

  test('is not claimed while the store is away, and the session goes on', async () => {
    const { get, logIn, origin, post, store } = await serve()
    const session = cookieIn(await logIn())
    expect((await get('/', session)).status).toBe(200)
    store.away = true
    const answer = await post('/logout', {}, { origin, ...session })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([503, null])
    expect((await get('/', session)).status).toBe(200)
  })
})

test('login and logout are for forms of our own pages', async () => {
  const { origin, post } = await serve()
  const statuses = async (headers: Record<string, string>) => {
    const logIn = await post('/login', { account: 'analyst', token: TEST_TOKENS.analyst }, headers)
    return [logIn.status, (await post('/logout', {}, headers)).status]
  }
  const OURS = [303, 303]
  const REFUSED = [403, 403]
  expect(await statuses({ origin })).toEqual(OURS)
  expect(await statuses({ origin, 'sec-fetch-site': 'same-origin' })).toEqual(OURS)
  expect(await statuses({ 'sec-fetch-site': 'same-origin' })).toEqual(OURS)
  expect(await statuses({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toEqual(OURS)
  expect(await statuses({ origin: 'https://ops.example.com' })).toEqual(OURS)
  expect(await statuses({})).toEqual(REFUSED)
  expect(await statuses({ origin: 'null' })).toEqual(REFUSED)
  expect(await statuses({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toEqual(REFUSED)
  expect(await statuses({ origin: 'https://other.example.com' })).toEqual(REFUSED)
  expect(await statuses({ origin: `${origin}0` })).toEqual(REFUSED)
  expect(await statuses({ origin, 'sec-fetch-site': 'cross-site' })).toEqual(REFUSED)
  expect(await statuses({ 'sec-fetch-site': 'same-site' })).toEqual(REFUSED)
})

test('browsers say where our forms come from: the pages forbid them no referrer', async () => {
  const { get } = await serve()
  for (const path of ['/login', '/logout', '/']) {
    expect((await get(path)).headers.get('referrer-policy')).toBe('same-origin')
  }
})

describe('behind a proxy that ends TLS', () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' }

  test('the cookie is Secure when the proxy is trusted, and what others say is not believed', async () => {
    for (const [trustProxy, secure] of [
      [['loopback'], true],
      [1, true],
      [false, false],
      [['10.0.0.0/8'], false],
    ] as const) {
      const { logIn } = await serve({ trustProxy })
      expect(/; Secure/.test((await logIn(forwarded)).headers.get('set-cookie') ?? '')).toBe(secure)
      expect((await logIn()).headers.get('set-cookie')).not.toMatch(/; Secure/)
    }
  })

  test('attempts are counted by the address that the proxy names, and by its own when it is not trusted', async () => {
    const last = async (trustProxy: TrustedProxies) => {
      const { post, origin } = await serve({ trustProxy })
      let status = 0
      for (let attempt = 0; attempt <= ATTEMPTS_PER_ADDRESS; attempt++) {
        const headers = { origin, 'x-forwarded-for': `198.51.100.${attempt}` }
        status = (await post('/login', { account: `name-${attempt}`, token: 'wrong' }, headers)).status
      }
      return status
    }
    expect([await last(['loopback']), await last(false)]).toEqual([401, 429])
  })
})

test('two analysts share no limit: when one has taken all streams of a principal, the other gets one', async () => {
  const { get } = await serve()
  const hangUp = new AbortController()
  onTestFinished(() => hangUp.abort())
  const stream = async (name: string) => {
    const headers = { authorization: `Bearer token-of-${name}-0001` }
    const answer = await get(`${MARKET}/events`, headers, hangUp.signal)
    return answer.status
  }
  const annas = new Set<number>()
  for (let opened = 0; opened < 100 && !annas.has(503); opened++) annas.add(await stream('anna'))
  expect(annas).toEqual(new Set([200, 503]))
  expect(await stream('ben')).toBe(200)
})

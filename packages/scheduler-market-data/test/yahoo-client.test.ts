import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import YahooFinance from 'yahoo-finance2'
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'

import { createYahooProvider } from '../src/index.ts'
import { FIELDS } from '../src/yahoo/candidate-of.ts'
import { createCookies } from '../src/yahoo/cookies.ts'
import { ask } from './ask.ts'
import { yahooEntry } from './yahoo-host.ts'
import { recordYahoo, type Script } from './yahoo-recorder.ts'

/** A peer that many use against the real Yahoo: its requests are the specification of ours. */
function peer(fetch: typeof globalThis.fetch) {
  return new YahooFinance({
    cookieJar: new ExtendedCookieJar(),
    fetch,
    logger: { info() {}, warn() {}, error() {}, debug() {}, dir() {} },
    suppressNotices: ['yahooSurvey'],
    validation: { logErrors: false, logOptionsErrors: false },
    versionCheck: false,
  })
}

const SYMBOLS = ['AAPL', '^VIX', 'CL=F', 'BRK-B', 'EURUSD=X', 'BMW.DE']

const page = (headers: Record<string, string> = {}, body: string | null = '<html></html>') => {
  return () => new Response(body, { status: 200, headers })
}
const redirect = (location: string, cookie: string, status = 302) => {
  return () => new Response(null, { status, headers: { location, 'set-cookie': cookie } })
}
const crumb = () => new Response('a1B2.c3D4/e5')
const quotes = (headers: Record<string, string> = {}) => {
  return () =>
    Response.json(
      { quoteResponse: { result: SYMBOLS.map((symbol) => yahooEntry({ symbol })), error: null } },
      { headers },
    )
}

const A3 = 'A3=d=1&S=x; Max-Age=31557600; Domain=.yahoo.com; Path=/; SameSite=None; Secure; HttpOnly'
const REST = {
  'GET query1.finance.yahoo.com/v1/test/getcrumb': [crumb],
  'GET query2.finance.yahoo.com/v7/finance/quote': [
    quotes({ 'set-cookie': 'A1S=y; Domain=.yahoo.com; Path=/' }),
    quotes(),
  ],
}
const COLLECT = 'https://consent.yahoo.com/v2/collectConsent?sessionId=3_cc-session_1'
const FORM = `<form method="post">
  <input type="hidden" name="csrfToken" value="XjJfOYU&#x3D;">
  <input type="hidden" name="sessionId" value="3_cc-session_1">
  <input type="hidden" name="originalDoneUrl" value="https&#x3A;&#x2F;&#x2F;finance.yahoo.com/quote/AAPL?guccounter&#x3d;1">
  <input type="hidden" name="namespace" value="yahoo"></form>`
const CONSENT = {
  'GET guce.yahoo.com/consent': [redirect(COLLECT, 'GUC=1; Domain=.yahoo.com; Path=/; Secure')],
  'GET consent.yahoo.com/v2/collectConsent': [page({}, FORM)],
  'POST consent.yahoo.com/v2/collectConsent': [
    redirect('https://guce.yahoo.com/copyConsent?sessionId=1', 'CFC=q; Domain=consent.yahoo.com; Path=/; Secure'),
  ],
  'GET guce.yahoo.com/copyConsent': [redirect('https://finance.yahoo.com/quote/AAPL?guccounter=1', A3)],
}

const SCRIPTS: [string, Script][] = [
  ['a session', { 'GET finance.yahoo.com/quote/AAPL': [page({ 'set-cookie': A3 })], ...REST }],
  [
    'a redirect that is not to the consent',
    { 'GET finance.yahoo.com/quote/AAPL': [redirect('https://finance.yahoo.com/quote/AAPL/', A3, 308)], ...REST },
  ],
  [
    'a page that is not found, with cookies',
    {
      'GET finance.yahoo.com/quote/AAPL': [() => new Response(null, { status: 404, headers: { 'set-cookie': A3 } })],
      ...REST,
    },
  ],
  [
    'a consent',
    {
      'GET finance.yahoo.com/quote/AAPL': [
        redirect(
          'https://guce.yahoo.com/consent?brandType=eu',
          'GUCS=1; Max-Age=1800; Domain=.yahoo.com; Path=/; Secure',
        ),
        page({ 'set-cookie': 'A1=z; Domain=.yahoo.com; Path=/' }),
      ],
      ...CONSENT,
      ...REST,
    },
  ],
  [
    'a consent that was given before',
    {
      'GET finance.yahoo.com/quote/AAPL': [
        redirect('https://guce.yahoo.com/consent', 'GUCS=1; Domain=.yahoo.com; Path=/; Secure'),
        page(),
      ],
      'GET guce.yahoo.com/consent': [redirect('https://finance.yahoo.com/quote/AAPL?guccounter=2', A3)],
      ...REST,
    },
  ],
]

test.each(SCRIPTS)('%s: three polls send the same requests as yahoo-finance2', async (_what, script) => {
  const theirs = recordYahoo(script)
  const client = peer(theirs.fetch)
  const ours = recordYahoo(script)
  const provider = createYahooProvider({ fetch: ours.fetch, clock: createManualClock() })
  for (let poll = 0; poll < 3; poll++) {
    await client.quote(SYMBOLS, { fields: [...FIELDS] }, { validateResult: false })
    const { results } = await ask(provider, SYMBOLS)
    expect(results[0]?.kind).toBe('quote')
  }

  expect(ours.asked.length).toBeGreaterThanOrEqual(5)
  expect(ours.asked).toEqual(theirs.asked)
})

test('every request says who asks', async () => {
  const agents: (string | null)[] = []
  const { fetch } = recordYahoo(SCRIPTS[0]?.[1] ?? {})
  const provider = createYahooProvider({
    fetch: (input, init) => {
      agents.push(new Headers(init?.headers).get('user-agent'))
      return fetch(input, init)
    },
  })
  await ask(provider, ['AAPL'])
  expect(new Set(agents)).toEqual(new Set(['Mozilla/5.0 (compatible; pm-scheduler-market-data)']))
})

describe('the cookies of a session', () => {
  const HOSTS = ['finance.yahoo.com', 'query2.finance.yahoo.com', 'consent.yahoo.com', 'guce.yahoo.com']
  const host = fc.constantFrom(...HOSTS)
  const cookie = fc
    .record({
      name: fc.constantFrom('A1', 'A3', 'GUC', 'a1'),
      value: fc.stringMatching(/^[!#-+\--:<-[\]-~]{0,8}$/),
      domain: fc.constantFrom('', 'Domain=.yahoo.com', 'domain=YAHOO.COM', ...HOSTS.map((name) => `Domain=${name}`)),
      age: fc.constantFrom(
        '',
        'Max-Age=600',
        'Max-Age=0',
        'max-age=-1',
        'Expires=Wed, 08 May 2024 01:18:54 GMT',
        'Expires=Wed, 08 May 2047 01:18:54 GMT',
        'Max-Age=600; Expires=Wed, 08 May 2024 01:18:54 GMT',
      ),
    })
    .map(({ name, value, domain, age }) =>
      [`${name}=${value}`, domain, 'Path=/', age, 'Secure'].filter(Boolean).join('; '),
    )

  test('are the ones that tough-cookie would send, for any answers', async () => {
    const answers = fc.array(fc.record({ host, set: fc.array(cookie, { maxLength: 3 }) }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(answers, async (answers) => {
        const jar = new ExtendedCookieJar()
        const cookies = createCookies(createManualClock({ startAt: Date.now() }))
        for (const { host, set } of answers) {
          const url = new URL(`https://${host}/`)
          cookies.keep(url, new Headers(set.map((value) => ['set-cookie', value])))
          // It rejects a cookie for a domain that the host does not belong to.
          for (const value of set) await jar.setFromSetCookieHeaders([value], url.href).catch(() => {})
        }
        for (const name of HOSTS) {
          const url = new URL(`https://${name}/quote`)
          expect(sorted(cookies.headerFor(url))).toEqual(
            sorted(await jar.getCookieString(url.href, { allPaths: true })),
          )
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    'x=1; Domain=com',
    'x=1; Domain=example.com',
    'x=1; Domain=finance.yahoo.com.example.com',
    'x=1; Domain=myyahoo.com',
    '=1',
    'x',
    `x=${'1'.repeat(4_096)}`,
  ])('leave out %.60s', (header) => {
    const cookies = createCookies(createManualClock())
    const url = new URL('https://finance.yahoo.com/')
    cookies.keep(url, new Headers({ 'set-cookie': header }))
    expect(cookies.headerFor(url)).toBe('')
  })

  test('end when their time is over', async () => {
    const clock = createManualClock()
    const cookies = createCookies(clock)
    const url = new URL('https://finance.yahoo.com/')
    cookies.keep(url, new Headers({ 'set-cookie': 'x=1; Max-Age=60' }))
    await clock.advance(59_999)
    expect(cookies.headerFor(url)).toBe('x=1')
    await clock.advance(1)
    expect(cookies.headerFor(url)).toBe('')
  })

  test('are at most fifty, whatever is set', () => {
    const cookies = createCookies(createManualClock())
    const url = new URL('https://finance.yahoo.com/')
    for (let index = 0; index < 200; index++) cookies.keep(url, new Headers({ 'set-cookie': `c${index}=1` }))
    expect(cookies.headerFor(url).split('; ')).toEqual(Array.from({ length: 50 }, (_, index) => `c${index + 150}=1`))
  })
})

describe('the session of a provider', () => {
  const script = SCRIPTS[0]?.[1] ?? {}
  const count = (asked: readonly { readonly request: string }[], path: string) =>
    asked.filter(({ request }) => request.includes(path)).length

  test('is signed in once for polls at the same time', async () => {
    const { fetch, asked } = recordYahoo(script)
    const provider = createYahooProvider({ fetch, clock: createManualClock() })
    const polls = await Promise.all([ask(provider, ['AAPL']), ask(provider, ['AAPL']), ask(provider, ['AAPL'])])

    expect(polls.map(({ results }) => results[0]?.kind)).toEqual(['quote', 'quote', 'quote'])
    expect([count(asked, 'getcrumb'), count(asked, '/v7/')]).toEqual([1, 3])
  })

  test('is signed in by the next poll when the one that was at it is aborted', async () => {
    const { fetch, asked } = recordYahoo(script)
    const abort = new AbortController()
    let held = true
    const provider = createYahooProvider({
      clock: createManualClock(),
      fetch: (input, init) => (held ? new Promise(() => {}) : fetch(input, init)),
    })
    const first = ask(provider, ['AAPL'], abort.signal)
    const second = ask(provider, ['AAPL'])
    held = false
    abort.abort()

    expect((await first).results[0]).toMatchObject({ code: 'ABORTED' })
    expect((await second).results[0]?.kind).toBe('quote')
    expect(count(asked, 'getcrumb')).toBe(1)
  })

  test('is not waited for by a poll that is aborted meanwhile', async () => {
    const clock = createManualClock()
    const provider = createYahooProvider({ clock, fetch: () => new Promise(() => {}) })
    const abort = new AbortController()
    const first = ask(provider, ['AAPL'])
    const second = ask(provider, ['AAPL'], abort.signal)
    abort.abort()
    expect((await second).results[0]).toMatchObject({ code: 'ABORTED' })
    await clock.advance(10_000)
    expect((await first).results[0]).toMatchObject({ code: 'TIMEOUT' })
  })

  test('is made anew when its cookies have ended', async () => {
    const { fetch, asked } = recordYahoo({
      ...script,
      'GET finance.yahoo.com/quote/AAPL': [page({ 'set-cookie': 'A3=1; Max-Age=3600; Domain=.yahoo.com' })],
      'GET query2.finance.yahoo.com/v7/finance/quote': [quotes()],
    })
    const clock = createManualClock()
    const provider = createYahooProvider({ fetch, clock })
    await ask(provider, ['AAPL'])
    await clock.advance(3_599_999)
    await ask(provider, ['AAPL'])
    expect(count(asked, 'getcrumb')).toBe(1)
    await clock.advance(1)
    await ask(provider, ['AAPL'])
    expect(count(asked, 'getcrumb')).toBe(2)
  })

  test('ends a consent that goes round in circles', async () => {
    const to = (location: string) => redirect(location, 'GUCS=1; Domain=.yahoo.com')
    const { fetch, asked } = recordYahoo({
      'GET finance.yahoo.com/quote/AAPL': [to('https://guce.yahoo.com/consent')],
      'GET guce.yahoo.com/consent': [to('https://finance.yahoo.com/quote/AAPL')],
    })
    const { results } = await ask(createYahooProvider({ fetch }), ['AAPL'])
    expect(results[0]).toMatchObject({ code: 'HANDSHAKE_FAILED' })
    expect(asked).toHaveLength(12)
  })
})

describe('whatever the answers are', () => {
  const location = fc.constantFrom(
    'https://guce.yahoo.com/consent',
    'https://consent.yahoo.com/v2/collectConsent?sessionId=1',
    'https://finance.yahoo.com/quote/AAPL?guccounter=1',
    '/v2/collectConsent',
    '//guce.example.com/consent',
    'https://guce.yahoo.com.example.com/',
    'https://guce.example.com/?to=guce.yahoo.com',
    'https://user@guce.example.com/',
    'http://guce.yahoo.com/consent',
    'https://query2.finance.yahoo.com/v7/finance/quote',
    'https://',
    'file:///etc/hostname',
  )
  const answer = fc.record({
    status: fc.constantFrom(200, 302, 303, 307, 401, 404, 429, 503),
    location: fc.option(location, { nil: null }),
    cookie: fc.option(fc.constantFrom('A3=1; Domain=.yahoo.com', 'x=1; Domain=com', 'GUC=1', ';;=', '='), {
      nil: null,
    }),
    body: fc.constantFrom(
      FORM,
      'a1B2',
      '<html>',
      '',
      '{"quoteResponse":{"result":[]}}',
      '<input type="hidden" name="a" value="&#xFFFF;">',
    ),
  })

  test('few requests are sent, over https and to Yahoo alone, and every symbol has a result', async () => {
    const asked = fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 20 }), async (answers) => {
      const sent: URL[] = []
      const provider = createYahooProvider({
        async fetch(input) {
          const { status, location, cookie, body } = answers[sent.length % answers.length] ?? {}
          sent.push(new URL(input instanceof Request ? input.url : input))
          const headers = new Headers({ ...(location && { location }), ...(cookie && { 'set-cookie': cookie }) })
          return new Response(body ?? '', { status: status ?? 500, headers })
        },
      })
      const { results, calls } = await ask(provider, ['AAPL', 'MSFT'])

      expect(results.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT'])
      expect(calls).toHaveLength(sent.length)
      expect(sent.length).toBeLessThanOrEqual(14)
      for (const { protocol, hostname } of sent) {
        expect([protocol, hostname]).toEqual([
          'https:',
          expect.stringMatching(/^(finance|guce|consent|query[12]\.finance)\.yahoo\.com$/),
        ])
      }
    })
    await fc.assert(asked, { numRuns: 1_000 })
  })
})

function sorted(header: string): string[] {
  return header.split('; ').sort()
}

import { gzipSync } from 'node:zlib'

import { createManualClock } from '@pm/scheduler-testing'
import { afterEach, describe, expect, test } from 'vitest'

import { createAlphaVantageProvider, createYahooProvider, type QuoteProvider } from '../src/index.ts'
import { ask } from './ask.ts'
import {
  answers,
  type Behaviour,
  hangsUp,
  hangsUpHalfWay,
  type MisbehavingServer,
  neverEnds,
  saysNothing,
  sendsOneGigabyte,
  startMisbehavingServer,
} from './misbehaving-server.ts'
import { yahooHost } from './yahoo-host.ts'

const KEY = 'CANARYKEY0123456'

let server: MisbehavingServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** Every provider with its real client code, against a server that misbehaves when it is asked for quotes. */
const PROVIDERS = [
  {
    name: 'yahoo_finance',
    host: (quotes: Behaviour) => yahooHost(quotes),
    create: (options: object): QuoteProvider => createYahooProvider(options),
  },
  {
    name: 'alpha_vantage',
    host: (quotes: Behaviour) => quotes,
    create: (options: object): QuoteProvider => createAlphaVantageProvider({ apiKey: KEY, ...options }),
  },
] as const

describe.each(PROVIDERS)('$name', ({ name, host, create }) => {
  async function meet(behaviour: Behaviour, options: object = {}) {
    server = await startMisbehavingServer(host(behaviour))
    const clock = createManualClock()
    const provider = create({ fetch: server.fetch, clock, ...options })
    const asked = await ask(provider, ['AAPL'])
    return { ...asked, clock, provider, result: asked.results[0], call: asked.calls.at(-1) }
  }

  const ANSWERED: [string, Behaviour, string][] = [
    ['a server error', answers(500, 'oops'), 'HTTP_SERVER_ERROR'],
    ['a gateway that gave up, in HTML', answers(502, '<html>bad gateway</html>'), 'HTTP_SERVER_ERROR'],
    ['a page that does not exist', answers(404, '<html></html>'), 'HTTP_CLIENT_ERROR'],
    ['an answer without permission', answers(403, 'no'), 'ACCESS_DENIED'],
    ['HTML where JSON should be', answers(200, '<!doctype html><title>Sign in</title>'), 'BODY_NOT_JSON'],
    ['JSON that breaks off', answers(200, '{"quoteResponse":{"result":[{"symb'), 'BODY_NOT_JSON'],
    ['NaN where a number should be', answers(200, '{"Global Quote":{"05. price":NaN}}'), 'BODY_NOT_JSON'],
    ['an empty body', answers(200, ''), 'BODY_NOT_JSON'],
    ['no content', answers(204), 'BODY_NOT_JSON'],
    ['null', answers(200, 'null'), 'BODY_UNEXPECTED'],
    ['a list', answers(200, '[]'), 'BODY_UNEXPECTED'],
    ['an object of another shape', answers(200, { hello: 'world' }), 'BODY_UNEXPECTED'],
    ['the expected names with other values', answers(200, { quoteResponse: 7, 'Global Quote': 7 }), 'BODY_UNEXPECTED'],
    ['arrays ten thousand deep', answers(200, `${'['.repeat(10_000)}${']'.repeat(10_000)}`), 'BODY_UNEXPECTED'],
    ['a redirect to another host', answers(302, '', { location: 'https://evil.example/' }), 'REDIRECT_REFUSED'],
    ['a redirect to itself', answers(307, '', { location: '/v7/finance/quote' }), 'REDIRECT_REFUSED'],
    ['a small compressed body that decompresses to many megabytes', packed(16 * 2 ** 20), 'BODY_TOO_LARGE'],
  ]
  test.each(ANSWERED)('answers with %s: counted as a failed call that was answered', async (_what, behaviour, code) => {
    const { result, call } = await meet(behaviour)

    expect(result).toEqual({ kind: 'failed', symbol: 'AAPL', code })
    expect(call).toMatchObject({ provider: name, outcome: 'failed', answered: true })
  })

  const UNANSWERED: [string, Behaviour][] = [
    ['hangs up without an answer', hangsUp],
    ['hangs up half-way through the answer', hangsUpHalfWay],
  ]
  test.each(UNANSWERED)('%s: a failed call, not an answered one', async (_what, behaviour) => {
    const { result, call } = await meet(behaviour)

    expect(result).toEqual({ kind: 'failed', symbol: 'AAPL', code: 'CONNECTION_FAILED' })
    expect(call).toMatchObject({ outcome: 'failed', answered: false })
  })

  const SLOW: [string, Behaviour][] = [
    ['never answers', saysNothing],
    ['begins to answer and stops', neverEnds('{"quoteResponse":')],
  ]
  test.each(SLOW)('%s: the deadline is kept to the millisecond', async (_what, behaviour) => {
    const clock = createManualClock()
    const reached = Promise.withResolvers<void>()
    server = await startMisbehavingServer(
      host((request, response) => {
        behaviour(request, response)
        reached.resolve()
      }),
    )
    const asking = ask(create({ fetch: server.fetch, clock, timeoutMs: 1_234 }), ['AAPL'])
    await reached.promise
    await clock.advance(1_234)
    const { results, calls } = await asking

    expect(results[0]).toEqual({ kind: 'failed', symbol: 'AAPL', code: 'TIMEOUT' })
    expect(calls.at(-1)).toEqual({ provider: name, outcome: 'failed', answered: false, durationMs: 1_234 })
    expect(clock.pendingTimers).toBe(0)
  })

  test('is aborted while it waits: it stops at once', async () => {
    const clock = createManualClock()
    const abort = new AbortController()
    server = await startMisbehavingServer(host(() => abort.abort()))
    const { results, calls } = await ask(create({ fetch: server.fetch, clock }), ['AAPL', 'MSFT'], abort.signal)

    expect(results.map(({ kind, ...rest }) => ('code' in rest ? rest.code : kind))).toEqual(['ABORTED', 'ABORTED'])
    expect(calls.at(-1)).toMatchObject({ outcome: 'failed', answered: false })
    expect(clock.pendingTimers).toBe(0)
  })

  test('sends a gigabyte: cut off at the size limit', async () => {
    const sent = { bytes: 0 }
    const { result, call } = await meet(sendsOneGigabyte(sent), { maxBytes: 1_000_000 })

    expect(result).toEqual({ kind: 'failed', symbol: 'AAPL', code: 'BODY_TOO_LARGE' })
    expect(call).toMatchObject({ outcome: 'failed', answered: true })
    // Bytes in the buffers of both sockets count as sent.
    expect(sent.bytes).toBeLessThan(32 * 2 ** 20)
  })

  const RETRY_AFTER: [string | null, number][] = [
    ['120', 120_000],
    ['0', 1_000],
    [null, 60_000],
    ['-5', 60_000],
    ['soon', 60_000],
    ['1e3', 60_000],
    ['999999999999999999999999', 3_600_000],
    ['Tue, 16 Sep 2025 02:05:00 GMT', 300_000],
    ['Tue, 16 Sep 2014 02:05:00 GMT', 1_000],
    ['Tue, 16 Sep 2099 02:05:00 GMT', 3_600_000],
  ]
  test.each(RETRY_AFTER)(
    'refuses with 429 and Retry-After %s: nothing is sent for that long',
    async (header, waitMs) => {
      const headers = { 'content-type': 'text/plain', ...(header !== null && { 'retry-after': header }) }
      const { result, call, clock, provider } = await meet(answers(429, 'Too Many Requests\r\n', headers))
      const retryAt = clock.now() + waitMs
      const sent = server?.requests.length

      expect(result).toEqual({ kind: 'rate-limited', symbol: 'AAPL', code: 'RATE_LIMITED', retryAt })
      expect(call).toMatchObject({ outcome: 'rate_limited', answered: true })

      await clock.advance(waitMs - 1)
      expect((await ask(provider, ['AAPL'])).results[0]).toMatchObject({ code: 'BACKING_OFF', retryAt })
      expect(server?.requests.length).toBe(sent)
      await clock.advance(1)
      expect((await ask(provider, ['AAPL'])).results[0]).toMatchObject({ code: 'RATE_LIMITED' })
    },
  )

  test('fails three times in a row: the circuit opens, lets one request through after a while, and closes again', async () => {
    let healthy = false
    const { clock, provider } = await meet((request, response) => {
      const behaviour = healthy ? answers(200, { quoteResponse: { result: [] }, 'Global Quote': {} }) : answers(500)
      behaviour(request, response)
    })
    for (const circuit of ['closed', 'open']) {
      await clock.advance(1_000)
      await ask(provider, ['AAPL'])
      expect(provider.readLimits?.().circuit).toBe(circuit)
    }
    const sent = server?.requests.length

    const refused = await ask(provider, ['AAPL'])
    const retryAt = clock.now() + 30_000
    expect(refused).toEqual({
      results: [{ kind: 'failed', symbol: 'AAPL', code: 'CIRCUIT_OPEN', retryAt }],
      calls: [],
    })
    expect(provider.readLimits?.()).toMatchObject({ circuitReason: 'HTTP_SERVER_ERROR', circuitUntil: retryAt })
    expect(server?.requests.length).toBe(sent)

    healthy = true
    await clock.advance(30_000)
    expect((await ask(provider, ['AAPL'])).results[0]).toMatchObject({ kind: 'unknown-symbol' })
    expect(provider.readLimits?.().circuit).toBe('closed')
  })

  test('is given a fetch that throws, hangs and ignores its signal: the deadline still holds', async () => {
    const throwing = create({ fetch: () => Promise.reject(new Error(`cannot reach ?apikey=${KEY}`)) })
    expect(JSON.stringify(await ask(throwing, ['AAPL']))).toContain('"code":"CONNECTION_FAILED"')

    const clock = createManualClock()
    const asking = ask(create({ clock, fetch: () => new Promise(() => {}) }), ['AAPL'])
    await clock.advance(10_000)
    expect((await asking).results[0]).toMatchObject({ code: 'TIMEOUT' })
  })
})

describe('the key', () => {
  const LEAKS: [string, Behaviour][] = [
    [
      'quoted in a refusal',
      answers(200, { Information: `We have detected your API key as ${KEY}: 25 requests per day.` }),
    ],
    ['quoted in an error', answers(200, { 'Error Message': `the parameter apikey ${KEY} is invalid` })],
    ['quoted in HTML', answers(500, `<html>${KEY}</html>`)],
    ['in a redirect', answers(302, '', { location: `https://evil.example/?apikey=${KEY}` })],
    ['in the name of a symbol', answers(200, { 'Global Quote': { '01. symbol': KEY, '05. price': KEY } })],
    ['in a broken connection', hangsUp],
  ]
  test.each(LEAKS)('%s: it reaches no result and no call', async (_where, behaviour) => {
    server = await startMisbehavingServer(behaviour)
    const provider = createAlphaVantageProvider({ apiKey: KEY, fetch: server.fetch })
    const asked = await ask(provider, ['AAPL'])

    expect(server.requests[0]).toContain(KEY)
    expect(JSON.stringify({ asked, provider, limits: provider.readLimits?.() })).not.toContain(KEY)
  })

  test('the error for a key that cannot be in a URL does not contain the key', () => {
    expect(() => createAlphaVantageProvider({ apiKey: KEY, baseUrl: 'ftp://example.com' })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.not.stringContaining(KEY) }),
    )
  })
})

function packed(bytes: number): Behaviour {
  return (request, response) => {
    answers(200, gzipSync(Buffer.alloc(bytes, 0x20)), { 'content-encoding': 'gzip' })(request, response)
  }
}

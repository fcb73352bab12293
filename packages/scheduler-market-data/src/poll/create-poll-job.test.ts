import { type Schedule, silentLogger } from '@pm/scheduler-core'
import { describe, expect, test } from 'vitest'

import { createFakeProvider, DOWN, quoteOf } from '../../test/fake-provider.ts'
import { createFakeRun, type FakeSession } from '../../test/fake-run.ts'
import type { QuoteProvider } from '../provider.ts'
import type { Quote } from '../quote/quote.ts'
import { failed, type QuoteResult } from '../quote/quote-result.ts'
import type { RejectedSymbol } from './collect-quotes.ts'
import { createPollJob, type PollJobOptions, type PollRefusals } from './create-poll-job.ts'

const SCHEDULE: Schedule = { kind: 'every', periodMs: 900_000, anchorAt: 0 }

/** Polls these symbols once and returns all effects. */
async function poll(
  options: Partial<PollJobOptions<FakeSession>> & {
    list?: readonly string[]
    signal?: AbortSignal
    switchedOff?: readonly string[]
  },
) {
  const { list = ['AAPL', 'MSFT'], signal, switchedOff, ...overrides } = options
  const run = createFakeRun(signal, switchedOff)
  const saved: { session: FakeSession; quotes: readonly Quote[] }[] = []
  const rejected: RejectedSymbol[] = []
  const job = createPollJob<FakeSession>({
    schedule: SCHEDULE,
    symbols: async () => list,
    providers: [createFakeProvider({ prices: { AAPL: 189.5, MSFT: 410.2 } })],
    saveQuotes: async (session, quotes) => {
      saved.push({ session, quotes })
    },
    onQuoteRejected: (symbol) => rejected.push(symbol),
    ...overrides,
  })
  const error = await Promise.resolve(job.handler(run)).then(
    () => null,
    (error: unknown) => error,
  )
  return { run, saved, rejected, error }
}

describe('a poll', () => {
  test('saves the quotes, and completes its run in the same session', async () => {
    const { run, saved, error } = await poll({})

    expect(error).toBeNull()
    expect(saved[0]?.quotes.map(({ symbol, price }) => [symbol, price])).toEqual([
      ['AAPL', '189.5'],
      ['MSFT', '410.2'],
    ])
    expect(run.items).toEqual({ processed: 2, failed: 0, skipped: 0 })
    expect(run.completedIn).toBe(saved[0]?.session)
    expect(run.calls).toEqual([
      { provider: 'fake', outcome: 'succeeded', answered: true, durationMs: 12, fallback: false },
    ])
  })

  test('holds no session while it waits for a provider, and uses a new one for each step', async () => {
    const provider = createFakeProvider({ prices: { AAPL: 1 }, onAsked: () => expect(run.openSessions).toBe(0) })
    const run = createFakeRun()
    await createPollJob<FakeSession>({
      schedule: SCHEDULE,
      symbols: async () => ['AAPL'],
      providers: [provider],
      saveQuotes: async () => {},
    }).handler(run)

    expect(provider.asked).toHaveLength(1)
    expect(run.sessions.map(({ unit, readOnly, open }) => ({ unit, readOnly, open }))).toEqual([
      { unit: 'poll-market-data:read-symbols', readOnly: true, open: false },
      { unit: 'poll-market-data:save-quotes', readOnly: false, open: false },
    ])
    expect(run.items.processed).toBe(1)
  })

  test('saves with the quotes who refused a symbol, also one for which another provider had a quote', async () => {
    const refusals: { session: FakeSession; poll: PollRefusals }[] = []
    const saveRefusals = async (session: FakeSession, poll: PollRefusals) => void refusals.push({ session, poll })
    const first = createFakeProvider({ name: 'first', refusal: DOWN })
    const second = createFakeProvider({ name: 'second', prices: { AAPL: 1 } })
    const { run } = await poll({ providers: [first, second], saveRefusals })
    expect(refusals[0]?.session).toBe(run.completedIn)
    expect(refusals[0]?.poll.refused).toMatchObject([
      { symbol: 'AAPL', attempts: [{ ...DOWN, provider: 'first' }] },
      {
        symbol: 'MSFT',
        attempts: [
          { ...DOWN, provider: 'first' },
          { kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL', provider: 'second' },
        ],
      },
    ])

    refusals.length = 0
    const { error } = await poll({ providers: [first], saveRefusals })
    expect(error).toMatchObject({ code: 'ALL_ITEMS_FAILED' })
    expect(refusals[0]?.poll.refused.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT'])

    refusals.length = 0
    await poll({ providers: [second], list: ['AAPL'], saveRefusals })
    expect(refusals).toEqual([])
  })

  test('asks the next provider only for the symbols that are missing', async () => {
    const first = createFakeProvider({ name: 'first', prices: { AAPL: 1 } })
    const second = createFakeProvider({ name: 'second', prices: { MSFT: 2 } })
    const third = createFakeProvider({ name: 'third' })
    const { run, saved } = await poll({ providers: [first, second, third] })

    expect([first.asked, second.asked, third.asked]).toEqual([[['AAPL', 'MSFT']], [['MSFT']], []])
    expect(saved[0]?.quotes.map(({ provider }) => provider)).toEqual(['first', 'second'])
    expect(run.calls.map(({ provider, fallback }) => [provider, fallback])).toEqual([
      ['first', false],
      ['second', true],
    ])
  })

  test('does not ask a provider for what it cannot quote, and the next is no fallback for that', async () => {
    const shares = {
      ...createFakeProvider({ name: 'shares', prices: { AAPL: 1 } }),
      canQuote: (s: string) => s === 'AAPL',
    }
    const all = createFakeProvider({ name: 'all', prices: { 'BTC-USD': 2 } })
    const { run, rejected } = await poll({ list: ['AAPL', 'BTC-USD', 'ETH-USD'], providers: [shares, all] })

    expect([shares.asked, all.asked]).toEqual([[['AAPL']], [['BTC-USD', 'ETH-USD']]])
    expect(run.calls.map(({ provider, fallback }) => [provider, fallback])).toEqual([
      ['shares', false],
      ['all', false],
    ])
    expect(rejected).toEqual([
      {
        symbol: 'ETH-USD',
        code: 'UNKNOWN_SYMBOL',
        attempts: [
          { provider: 'shares', kind: 'unknown-symbol', code: 'NOT_OFFERED', askAgainAt: null },
          { provider: 'all', kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL', askAgainAt: null },
        ],
      },
    ])
  })

  test('in which nobody can quote anything asks nobody, and says so', async () => {
    const none = { ...createFakeProvider(), canQuote: () => false }
    const { error } = await poll({ providers: [none] })
    expect([none.asked, error]).toMatchObject([[], { details: { codes: { NOT_OFFERED: 2 } } }])
  })

  test('logs an error of a provider’s own code, which costs its symbols alone', async () => {
    const errors: unknown[] = []
    const mistaken: QuoteProvider = {
      ...createFakeProvider({ name: 'mistaken' }),
      async fetchQuotes(symbols, { onBroken }) {
        onBroken?.(new TypeError('undefined is not a function'))
        return symbols.map((symbol) => ({ symbol, ...failed('PROVIDER_BROKEN') }))
      },
    }
    const run = { ...createFakeRun(), logger: { ...silentLogger, error: (line: object) => void errors.push(line) } }
    const job = createPollJob<FakeSession>({
      schedule: SCHEDULE,
      symbols: async () => ['AAPL'],
      providers: [mistaken, createFakeProvider({ prices: { AAPL: 1 } })],
      saveQuotes: async () => {},
    })
    await job.handler(run)
    expect(errors).toEqual([{ provider: 'mistaken', error: expect.any(TypeError) }])
  })

  test('skips a disabled provider, and does not count the next one as a fallback', async () => {
    const disabled = createFakeProvider({ name: 'disabled', enabled: false })
    const enabled = createFakeProvider({ name: 'enabled', prices: { AAPL: 1, MSFT: 2 } })
    const { run } = await poll({ providers: [disabled, enabled] })

    expect(disabled.asked).toEqual([])
    expect(run.calls).toMatchObject([{ provider: 'enabled', fallback: false }])
  })

  test('skips a provider that an operator switched off like a disabled one', async () => {
    const off = createFakeProvider({ name: 'off', prices: { AAPL: 3 } })
    const on = createFakeProvider({ name: 'on', prices: { AAPL: 1, MSFT: 2 } })
    const { run } = await poll({ providers: [off, on], switchedOff: ['off'] })

    expect(off.asked).toEqual([])
    expect(run.calls).toMatchObject([{ provider: 'on', fallback: false }])
  })

  test('in which some symbols fail succeeds partially, and reports each provider’s code for them', async () => {
    const yahoo = createFakeProvider({ name: 'first', prices: { AAPL: 1 } })
    const { run, saved, rejected, error } = await poll({
      list: ['AAPL', 'NOPE'],
      providers: [yahoo, createFakeProvider({ name: 'second', refusal: DOWN })],
    })

    expect(error).toBeNull()
    expect(saved[0]?.quotes).toHaveLength(1)
    expect(run.items).toEqual({ processed: 1, failed: 1, skipped: 0 })
    expect(run.completedIn).not.toBeNull()
    expect(rejected).toEqual([
      {
        symbol: 'NOPE',
        code: 'UNKNOWN_SYMBOL',
        attempts: [
          { provider: 'first', kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL', askAgainAt: null },
          { provider: 'second', kind: 'failed', code: 'CONNECTION_FAILED' },
        ],
      },
    ])
  })

  test('in which all symbols fail fails, with the codes counted, and saves nothing', async () => {
    const { run, saved, error } = await poll({ providers: [createFakeProvider({ refusal: DOWN })] })

    expect(error).toMatchObject({
      code: 'ALL_ITEMS_FAILED',
      message: 'None of the 2 items could be processed (CONNECTION_FAILED 2).',
      details: { items: 2, codes: { CONNECTION_FAILED: 2 } },
    })
    expect(run.items).toEqual({ processed: 0, failed: 2, skipped: 0 })
    expect(saved).toEqual([])
    expect(run.completedIn).toBeNull()
  })

  test('skips a repeated symbol', async () => {
    const provider = createFakeProvider({ prices: { AAPL: 1, MSFT: 2 } })
    const { run } = await poll({ list: ['AAPL', 'MSFT', 'AAPL', 'AAPL'], providers: [provider] })

    expect(provider.asked).toEqual([['AAPL', 'MSFT']])
    expect(run.items).toEqual({ processed: 2, failed: 0, skipped: 2 })
  })

  test('without symbols asks no provider and succeeds', async () => {
    const provider = createFakeProvider()
    const { run, saved, error } = await poll({ list: [], providers: [provider] })

    expect([error, provider.asked, saved]).toEqual([null, [], []])
    expect(run.items).toEqual({ processed: 0, failed: 0, skipped: 0 })
  })

  test('sends no symbol that would change the request', async () => {
    const provider = createFakeProvider({ prices: { AAPL: 1 } })
    const { run, rejected } = await poll({ list: ['AAPL', 'MSFT,GOOG', ''], providers: [provider] })

    expect(provider.asked).toEqual([['AAPL']])
    expect(rejected.map(({ symbol, code }) => [symbol, code])).toEqual([
      ['MSFT,GOOG', 'SYMBOL_MALFORMED'],
      ['', 'SYMBOL_MALFORMED'],
    ])
    expect(run.items).toEqual({ processed: 1, failed: 2, skipped: 0 })
  })

  test('without an enabled provider fails with a code that says so', async () => {
    const { error } = await poll({ providers: [createFakeProvider({ enabled: false })] })
    expect(error).toMatchObject({ details: { codes: { PROVIDER_DISABLED: 2 } } })
  })

  test('that is aborted ends with the reason of the abort, and saves nothing', async () => {
    const abort = new AbortController()
    const reason = new Error('The run took too long.')
    const provider = createFakeProvider({ prices: { AAPL: 1, MSFT: 2 }, onAsked: () => abort.abort(reason) })
    const { saved, error } = await poll({ providers: [provider], signal: abort.signal })

    expect([error, saved]).toEqual([reason, []])
  })

  test('whose quotes cannot be saved fails with that error, and counts none as processed', async () => {
    const full = new Error('disk full')
    const { run, error } = await poll({ saveQuotes: () => Promise.reject(full) })

    expect(error).toBe(full)
    expect(run.items.processed).toBe(0)
    expect(run.completedIn).toBeNull()
  })

  test('goes on when the listener for rejected symbols throws', async () => {
    const onQuoteRejected = () => {
      throw new Error('no')
    }
    const { run, error } = await poll({ list: ['AAPL', 'NOPE'], onQuoteRejected })
    expect([error, run.items.processed]).toEqual([null, 1])
  })
})

describe('a provider that breaks its contract fails for its symbols alone', () => {
  const good = createFakeProvider({ name: 'good', prices: { AAPL: 1, MSFT: 2 } })
  const provider = (fetchQuotes: QuoteProvider['fetchQuotes']): QuoteProvider => ({
    name: 'bad',
    enabled: true,
    apiKeyConfigured: null,
    fetchQuotes,
  })
  const NONSENSE: [string, QuoteProvider, string][] = [
    ['throws at once', provider(() => raise()), 'PROVIDER_BROKEN'],
    ['rejects', provider(async () => raise()), 'PROVIDER_BROKEN'],
    ['answers nothing', provider(async () => []), 'PROVIDER_BROKEN'],
    ['answers about something else', provider(async () => [priced('TSLA', 1)]), 'PROVIDER_BROKEN'],
    ['answers NaN', provider(async (symbols) => symbols.map((s) => priced(s, Number.NaN))), 'PRICE_NOT_FINITE'],
    [
      'answers twice with different prices',
      provider(async (s) => [...s, ...s].map((t, i) => priced(t, i + 1))),
      'DUPLICATE_ANSWER',
    ],
    ['answers a share below zero', provider(async (s) => s.map((t) => shareOf(t, -1))), 'PRICE_NEGATIVE'],
    ['answers a quote that is none', provider(async (s) => s.map((t) => brokenQuote(t))), 'PROVIDER_BROKEN'],
    ['answers zero', provider(async (symbols) => symbols.map((s) => priced(s, 0))), 'PRICE_ZERO'],
  ]
  test.each(NONSENSE)('%s', async (_what, bad, code) => {
    const alone = await poll({ providers: [bad] })
    expect(alone.error).toMatchObject({ details: { codes: { [code]: 2 } } })

    const helped = await poll({ providers: [bad, good] })
    expect([helped.error, helped.run.items.processed]).toEqual([null, 2])
  })
})

describe('the options', () => {
  const valid = { schedule: SCHEDULE, symbols: async () => [], saveQuotes: async () => {} }

  test('have a name, and pass on what a job takes', () => {
    const job = createPollJob({ ...valid, providers: [createFakeProvider()], timeoutMs: 60_000, overlapPolicy: 'skip' })
    expect(Object.keys(job).sort()).toEqual(['handler', 'name', 'overlapPolicy', 'schedule', 'timeoutMs'])
    expect(job.name).toBe('poll-market-data')
  })

  test('require providers with distinct names', () => {
    const twice = [createFakeProvider({ name: 'same' }), createFakeProvider({ name: 'same' })]
    for (const providers of [[], twice]) {
      expect(() => createPollJob({ ...valid, providers })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path: 'providers' }) }),
      )
    }
  })
})

function priced(symbol: string, price: number) {
  return { kind: 'quote', symbol, quote: quoteOf(symbol, price, 'bad') } as const
}

function shareOf(symbol: string, price: number): QuoteResult {
  const quote = quoteOf(symbol, price, 'bad')
  return { kind: 'quote', symbol, quote: { ...quote, instrument: { ...quote.instrument, type: 'equity' } } }
}

/** A result that a provider without types may give. */
function brokenQuote(symbol: string): QuoteResult {
  return JSON.parse(JSON.stringify({ kind: 'quote', symbol, quote: null }))
}

function raise(): never {
  throw new Error('A provider may not throw.')
}

import { expect } from 'vitest'

import type { QuoteCall, QuoteProvider } from '../provider.ts'
import type { QuoteResult } from '../quote/quote-result.ts'
import type { CreateProviderHarness, ProviderHarness, SuiteEntry, SuiteOptions } from './provider-harness.ts'

/** How the server answers a request for quotes of these names. */
export type Server = (names: readonly string[], harness: ProviderHarness) => Response | Promise<Response>

/** A provider with its server, and what they said. */
export interface Stage {
  readonly harness: ProviderHarness
  readonly provider: QuoteProvider
  /** How many requests were sent, and how many of them for quotes. */
  readonly sent: { requests: number; quotes: number }
  ask(symbols?: readonly string[], signal?: AbortSignal): Promise<Asked>
}

export interface Asked {
  readonly results: readonly QuoteResult[]
  readonly calls: readonly QuoteCall[]
  readonly errors: readonly unknown[]
}

export function openStage(
  createHarness: CreateProviderHarness,
  server: Server,
  options: Partial<SuiteOptions> = {},
): Stage {
  const harness = createHarness()
  const sent = { requests: 0, quotes: 0 }
  const provider = harness.create({
    clock: harness.clock,
    async fetch(input, init = {}) {
      const request = { url: new URL(input instanceof Request ? input.url : input), init }
      sent.requests++
      const names = harness.namesIn(request)
      if (names === null) return harness.answerOther?.(request) ?? new Response('', { status: 404 })
      sent.quotes++
      return server(names, harness)
    },
    ...options,
  })
  return {
    harness,
    provider,
    sent,
    async ask(symbols = harness.symbols, signal = new AbortController().signal) {
      const calls: QuoteCall[] = []
      const errors: unknown[] = []
      const asking = provider.fetchQuotes(symbols, {
        signal,
        onCall: (call) => calls.push(call),
        onBroken: (error) => errors.push(error),
      })
      const asked = { results: await soon(harness, asking), calls, errors }
      checkContract(asked, symbols, provider, harness)
      return asked
    },
  }
}

/** The result of a provider that may keep a pace between its requests. */
async function soon<T>({ clock }: ProviderHarness, pending: Promise<T>): Promise<T> {
  let isOver = false
  const ended = pending.finally(() => {
    isOver = true
  })
  for (let second = 0; second < 5 && !isOver; second++) await clock.advance(1_000)
  return ended
}

/** What holds for every answer of every provider. */
function checkContract(
  { results, calls, errors }: Asked,
  symbols: readonly string[],
  provider: QuoteProvider,
  harness: ProviderHarness,
): void {
  expect(results.map(({ symbol }) => symbol)).toEqual(symbols)
  for (const result of results) {
    if (result.kind === 'quote') {
      const { quote } = result
      expect([quote.symbol, quote.provider]).toEqual([result.symbol, provider.name])
      expect(quote.price).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
      expect(quote.eventTime).toBeLessThanOrEqual(harness.clock.now() + 60_000)
    } else if ('retryAt' in result && result.retryAt !== null) expect(result.retryAt).toSatisfy(Number.isSafeInteger)
  }
  for (const call of calls) {
    expect(call).toMatchObject({
      provider: provider.name,
      durationMs: expect.any(Number),
      answered: expect.any(Boolean),
    })
  }
  const { secret } = harness
  if (secret !== undefined) expect(JSON.stringify({ results, calls, errors: errors.map(String) })).not.toContain(secret)
}

/** The price that the server quotes for a symbol by its place. Each symbol has one of its own. */
export const PRICES = ['189.55', '410.25', '95.06'] as const

/** A well-made entry. The price was made on a trading day of London, New York and Frankfurt, before any suite begins. */
export function entryOf(name: string, price: string | null): SuiteEntry {
  return { name, price, at: Date.UTC(2025, 8, 15, 20) }
}

/** A server that quotes every name, the price by its place in the list of symbols of the harness. */
export function quotesAll(change: (entries: readonly SuiteEntry[]) => readonly SuiteEntry[] = (same) => same): Server {
  const seen: string[] = []
  return (names, harness) => {
    const entries = names.map((name) => {
      if (!seen.includes(name)) seen.push(name)
      return entryOf(name, PRICES[seen.indexOf(name)] ?? null)
    })
    return respond(harness, harness.bodyOf(change(entries)))
  }
}

export function respond(
  { contentType = 'application/json' }: ProviderHarness,
  body: string | Uint8Array<ArrayBuffer>,
  init: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): Response {
  return new Response(body, { ...init, headers: { 'content-type': contentType, ...init.headers } })
}

/**
 * Asks a server, and returns the prices and codes. No symbol may have the price of another, or one that was not sent.
 */
export async function askWithoutWrongPrice(createHarness: CreateProviderHarness, server: Server) {
  const { results } = await openStage(createHarness, server).ask()
  const told = toldOf(results)
  for (const [index, result] of results.entries()) {
    if (result.kind === 'quote') expect(told[index]).toBe(PRICES[index])
  }
  return told
}

/** The price of each result, or its code. */
export function toldOf(results: readonly QuoteResult[]): readonly string[] {
  return results.map((result) => (result.kind === 'quote' ? result.quote.price : result.code))
}

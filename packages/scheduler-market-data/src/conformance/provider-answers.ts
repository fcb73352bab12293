import { describe, expect, it } from 'vitest'

import type { CreateProviderHarness } from './provider-harness.ts'
import { entryOf, openStage, PRICES, quotesAll, toldOf } from './provider-stage.ts'

/** What a provider makes of good answers, and of those that leave something out. */
export function describeAnswers(createHarness: CreateProviderHarness): void {
  const { notOffered, asksForSeveral } = createHarness()

  describe('answers', () => {
    it('gives each symbol its own quote, in the order of the list', async () => {
      const { ask, harness } = openStage(createHarness, quotesAll())
      expect(toldOf((await ask()).results)).toEqual(PRICES)
      expect(toldOf((await ask([...harness.symbols].reverse())).results)).toEqual([...PRICES].reverse())
    })

    it('never gives the time of the fetch as that of a price', async () => {
      const { ask } = openStage(createHarness, quotesAll())
      const { at } = entryOf('', null)
      for (const { results } of [await ask(), await ask()]) {
        for (const result of results) expect(result.kind === 'quote' && result.quote.eventTime).toBeLessThanOrEqual(at)
      }
    })

    it('reports each request once, as a success when it gave a quote', async () => {
      const { ask, sent } = openStage(createHarness, quotesAll())
      const { calls } = await ask()
      expect(calls).toHaveLength(sent.requests)
      expect(calls.at(-1)).toMatchObject({ outcome: 'succeeded', answered: true })
    })

    it('says that a symbol is unknown that the answer leaves out, and does not ask for it again at once', async () => {
      const missing = (names: readonly string[]) => names.filter((_, index) => asksForSeveral && index !== 1)
      const { ask, sent, harness } = openStage(createHarness, (names, harness) =>
        quotesAll((entries) => entries.filter(({ name }) => missing(names).includes(name)))(names, harness),
      )
      const [, second] = harness.symbols
      const list = asksForSeveral ? harness.symbols : [second]
      const first = (await ask(list)).results.find(({ symbol }) => symbol === second)
      expect(first).toMatchObject({ kind: 'unknown-symbol', askAgainAt: expect.any(Number) })
      expect(first).not.toHaveProperty('rememberedFrom')
      const { quotes } = sent
      expect((await ask([second])).results).toEqual([{ ...first, rememberedFrom: expect.any(Number) }])
      expect(sent.quotes).toBe(quotes)
    })

    it.skipIf(notOffered === null)('refuses a symbol that it does not have without a request', async () => {
      const { ask, sent, provider, harness } = openStage(createHarness, quotesAll())
      expect(harness.symbols.every((symbol) => provider.canQuote?.(symbol) ?? true)).toBe(true)
      expect(provider.canQuote?.(notOffered ?? '')).toBe(false)
      expect((await ask([notOffered ?? ''])).results).toMatchObject([{ kind: 'unknown-symbol', code: 'NOT_OFFERED' }])
      expect(sent.requests).toBe(0)
    })

    it('asks for two spellings of one symbol once', async () => {
      const { ask, sent, harness } = openStage(createHarness, quotesAll())
      const [symbol] = harness.symbols
      const { results } = await ask([symbol, symbol])
      expect([toldOf(results), sent.quotes]).toEqual([[PRICES[0], PRICES[0]], 1])
    })

    it('asks for nothing when the list is empty', async () => {
      const { ask, sent } = openStage(createHarness, quotesAll())
      expect(await ask([])).toEqual({ results: [], calls: [], errors: [] })
      expect(sent.requests).toBe(0)
    })

    it('is not asked when it is disabled', async () => {
      const { ask, sent, provider, harness } = openStage(createHarness, quotesAll(), { enabled: false })
      expect(provider.enabled).toBe(false)
      expect(new Set(toldOf((await ask()).results))).toEqual(new Set(['PROVIDER_DISABLED']))
      expect([sent.requests, harness.clock.now() > 0]).toEqual([0, true])
    })
  })
}

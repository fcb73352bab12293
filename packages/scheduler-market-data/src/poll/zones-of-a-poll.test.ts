import { expect, test, vi } from 'vitest'

import { quoteOf } from '../../test/fake-provider.ts'
import { createFakeRun, type FakeSession } from '../../test/fake-run.ts'
import type { QuoteProvider } from '../provider.ts'
import type { Quote } from '../quote/quote.ts'
import { createPollJob } from './create-poll-job.ts'

test('asks the platform about a zone once, however many quotes and polls name it', async () => {
  const symbols = Array.from({ length: 500 }, (_, at) => `S${at}`)
  const zones = ['America/New_York', 'Asia/Tokyo', 'Mars/Base']
  const provider: QuoteProvider = {
    ...{ name: 'fake', enabled: true, apiKeyConfigured: null },
    fetchQuotes: async () =>
      symbols.map((symbol, at) => {
        const quote = quoteOf(symbol, 1, 'fake')
        const instrument = { ...quote.instrument, timezone: zones[at % 3] ?? null }
        return { kind: 'quote', symbol, quote: { ...quote, instrument } }
      }),
  }
  const saved: Quote[] = []
  const job = createPollJob<FakeSession>({
    schedule: { kind: 'every', periodMs: 900_000, anchorAt: 0 },
    symbols: async () => symbols,
    providers: [provider],
    saveQuotes: async (_, quotes) => void saved.push(...quotes),
  })
  const asked = vi.spyOn(Intl, 'DateTimeFormat')
  try {
    for (let polls = 0; polls < 2; polls++) await job.handler(createFakeRun())
    const times = zones.map((zone) => asked.mock.calls.filter(([, options]) => options?.timeZone === zone).length)
    expect(Math.max(...times)).toBeLessThanOrEqual(3)
  } finally {
    asked.mockRestore()
  }
  const told = new Set(saved.map(({ instrument }) => instrument.timezone))
  expect([saved.length, [...told]]).toEqual([1_000, ['America/New_York', 'Asia/Tokyo', null]])
})

import { expect, test } from 'vitest'

import { createAlphaVantageProvider, type QuotaLedger } from '../src/index.ts'
import { ask } from './ask.ts'
import { busiestDay, liveQuotaWeek, quoteOf, startInstance } from './quota-week.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2025, 8, 16)

/** Stories of every quota ledger. Each call of `open` returns the ledger of another instance on the same store. */
export function describeQuotaLedger(open: () => QuotaLedger): void {
  test('grants requests up to the limit, lists those that count, and grants again when one ends', async () => {
    const ledger = open()
    const reserve = (now: number) => ledger.reserve({ provider: 'few', limit: 2, now, heldUntil: now + DAY })
    expect(await ledger.read({ provider: 'few', now: NOW })).toEqual([])
    expect(await reserve(NOW)).toEqual({ granted: true, held: [NOW + DAY] })
    expect(await reserve(NOW + 1)).toEqual({ granted: true, held: [NOW + DAY, NOW + DAY + 1] })
    expect(await reserve(NOW + 2)).toEqual({ granted: false, held: [NOW + DAY, NOW + DAY + 1] })
    expect(await reserve(NOW + DAY)).toEqual({ granted: true, held: [NOW + DAY + 1, NOW + 2 * DAY] })
    expect(await ledger.read({ provider: 'few', now: NOW + DAY + 1 })).toEqual([NOW + 2 * DAY])
  })

  test('settles one of several requests with the same end, and counts each provider separately', async () => {
    const ledger = open()
    const reserve = (provider: string) => ledger.reserve({ provider, limit: 3, now: NOW, heldUntil: NOW + DAY })
    for (const provider of ['alike', 'alike', 'alike', 'other']) await reserve(provider)
    await ledger.settle({ provider: 'alike', heldUntil: NOW + DAY, until: NOW + 5 })
    await ledger.settle({ provider: 'alike', heldUntil: 12_345, until: NOW + 5 })
    expect(await ledger.read({ provider: 'alike', now: NOW })).toEqual([NOW + 5, NOW + DAY, NOW + DAY])
    await ledger.settle({ provider: 'alike', heldUntil: NOW + DAY, until: NOW })
    expect((await reserve('alike')).granted).toBe(true)
    expect(await ledger.read({ provider: 'other', now: NOW })).toEqual([NOW + DAY])
  })

  test('never grants more than the limit to instances that ask at once', async () => {
    const instances = [open(), open(), open(), open()]
    for (const round of [0, 1, 2]) {
      const now = NOW + round * DAY
      const asked = Array.from({ length: 60 }, (_, index) => {
        const ledger = instances[index % instances.length] ?? open()
        return ledger.reserve({ provider: 'crowd', limit: 25, now, heldUntil: now + DAY })
      })
      const granted = (await Promise.all(asked)).filter((reservation) => reservation.granted)
      expect(granted).toHaveLength(25)
    }
  })

  test('seven days of two instances that are restarted often and killed during requests: no call over the limit', async () => {
    const week = await liveQuotaWeek(open, NOW)
    expect(busiestDay(week)).toBe(25)
    expect([...week.outcomes].sort()).toEqual(['QUOTA_EXHAUSTED', 'quote'])
    expect(week.killed).toBeGreaterThanOrEqual(3)
    // Nor too few: a request of a killed instance counts for a day, like any other, plus the seconds of its deadline.
    expect(week.arrivals.length).toBeGreaterThanOrEqual(7 * 24)
  })

  test('by the days of a zone: 25 before its midnight and 25 after it, whoever asks, and never more on a day', async () => {
    // The hour before midnight in New York, and the hour after it, after a restart.
    const midnight = Date.UTC(2025, 10, 20, 5)
    const time = { now: midnight - 3_600_000 }
    const arrivals: number[] = []
    const start = () =>
      startInstance({ open, time, arrivals, onArrival: null, quota: { perDay: 25, dayTimezone: 'America/New_York' } })
    const outcomes: string[] = []
    for (let minute = 0; minute < 120; minute += 2) {
      const { results } = await ask(start(), ['AAPL'])
      outcomes.push(...results.map((result) => ('code' in result ? result.code : 'quote')))
      time.now += 120_000
    }
    expect([arrivals.filter((at) => at < midnight).length, arrivals.filter((at) => at >= midnight).length]).toEqual([
      25, 25,
    ])
    expect(new Set(outcomes)).toEqual(new Set(['quote', 'QUOTA_EXHAUSTED']))
    const refused = (await ask(start(), ['AAPL'])).results
    expect(refused).toMatchObject([{ code: 'QUOTA_EXHAUSTED', retryAt: midnight + DAY }])
  })

  test('a provider knows the remaining quota after a restart, once it has called refreshLimits', async () => {
    const ledger = open()
    const now = NOW + 100 * DAY
    const clock = { now: () => now, monotonic: () => 0, setTimer: () => ({ cancel() {} }) }
    const start = () =>
      createAlphaVantageProvider({
        ...{ apiKey: 'k', paceMs: 0, clock, quotaLedger: ledger },
        fetch: async () => Response.json({ 'Global Quote': quoteOf(now - DAY) }),
      })
    const before = start()
    for (const _ of [1, 2, 3]) await ask(before, ['AAPL'])
    expect(before.readLimits?.().quotaRemaining).toBe(22)
    const after = start()
    await after.refreshLimits?.()
    expect(after.readLimits?.().quotaRemaining).toBe(22)
  })
}

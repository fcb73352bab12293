import { expect, it } from 'vitest'

import { MINUTE, type QuoteTablesScene, quoteAt, T0 } from './quote-tables-scene.ts'

/** What the tables keep of prices. */
export function describeKeptPrices(open: () => Promise<QuoteTablesScene>): void {
  it('keep of a feed the latest price, the last fetch, and since when the value is unchanged', async () => {
    const { save, feed } = await open()
    await save(quoteAt())
    const first = T0 + MINUTE
    expect(await feed()).toMatchObject({ eventAt: T0, fetchedAt: first, changedAt: first, since: first })

    const again = T0 + 16 * MINUTE
    await save(quoteAt({ fetchedAt: again }))
    expect(await feed()).toMatchObject({ eventAt: T0, fetchedAt: again, changedAt: first, since: first })

    await save(quoteAt({ eventTime: T0 + 30 * MINUTE }))
    expect(await feed()).toMatchObject({ eventAt: T0 + 30 * MINUTE, changedAt: first })
    await save(quoteAt({ eventTime: T0 + 45 * MINUTE, price: '-1.5' }))
    expect(await feed()).toMatchObject({ eventAt: T0 + 45 * MINUTE, changedAt: T0 + 46 * MINUTE, since: first })
  })

  it('never let an older price replace a newer one, nor what was said with it', async () => {
    const { save, feed, latest } = await open()
    const closed = { ...quoteAt().instrument, marketState: 'closed' } as const
    const newest = quoteAt({ eventTime: T0 + 45 * MINUTE, price: '190', currency: 'GBp', instrument: closed })
    await save(newest)
    await save(
      quoteAt({ price: '7', fetchedAt: T0 + 90 * MINUTE, extended: { session: 'pre', price: '8', eventTime: T0 } }),
    )
    const fetchedAt = T0 + 90 * MINUTE
    expect(await latest('AAPL')).toEqual([{ ...newest, fetchedAt }])
    expect(await feed()).toMatchObject({ eventAt: newest.eventTime, fetchedAt, changedAt: newest.fetchedAt })
    expect(await feed()).toMatchObject({ currency: 'GBp', instrument: closed })
  })

  it('keep every digit and every fact of a quote', async () => {
    const { save, latest, feed } = await open()
    const quotes = [
      quoteAt({ symbol: 'A', price: '123456789.123456789', previousClose: '0.0000001', volume: '9007199254740993' }),
      quoteAt({ symbol: 'B', price: '-37.63', eventTimePrecision: 'conventional', name: 'NULL' }),
      quoteAt({ symbol: 'C', name: 'O\'Neil, "C" {sons} \\ daughters' }),
      quoteAt({ symbol: '^D', extended: { session: 'post', price: '100', eventTime: T0 + 5 }, currency: 'ZAc' }),
      quoteAt({
        symbol: 'E=F',
        eventTimePrecision: 'day',
        instrument: {
          type: 'future',
          exchange: 'NYM',
          timezone: 'America/New_York',
          marketState: 'open',
          delayMs: 600_000,
        },
      }),
    ]
    await save(...quotes)
    expect(await latest('E=F', 'A', 'B', 'C', '^D', 'Z')).toEqual(
      ['E=F', 'A', 'B', 'C', '^D'].map((symbol) => quotes.find((quote) => quote.symbol === symbol)),
    )
    const { instrument, eventTimePrecision } = quotes[4] ?? quoteAt()
    expect(await feed('E=F')).toMatchObject({ instrument, eventTimePrecision })
  })

  it('take several prices of one feed at once, in the order of their times', async () => {
    const { save, feed } = await open()
    const times = [3, 1, 2, 1].map((minutes) => T0 + minutes * MINUTE)
    await save(...times.map((eventTime, at) => quoteAt({ eventTime, price: String(at + 1) })))
    expect(await feed()).toMatchObject({
      eventAt: T0 + 3 * MINUTE,
      since: T0 + 2 * MINUTE,
      changedAt: T0 + 4 * MINUTE,
    })
  })
}

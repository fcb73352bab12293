import { expect, it } from 'vitest'

import { MINUTE, type QuoteTablesScene, quoteAt, refusalAt, T0 } from './quote-tables-scene.ts'

/** What the tables keep of who was asked. */
export function describeKeptQuestions(open: () => Promise<QuoteTablesScene>): void {
  it('have a feed for every symbol, in their order, also for one that nobody was asked for', async () => {
    const { save, feeds } = await open()
    await save(quoteAt({ symbol: 'B', provider: 'second' }))
    const [a, b] = await feeds('A', 'B')
    expect(a).toMatchObject({ feed: 'A', provider: 'first', eventAt: null, since: null, askedAt: null, attempts: [] })
    expect(b).toMatchObject({ feed: 'B', provider: 'second', eventAt: T0, askedAt: T0 + MINUTE })
  })

  it('answer the feed of the provider that delivered last, and the newest price of any', async () => {
    const { save, refuse, feed, latest } = await open()
    await save(quoteAt({ eventTime: T0 + 5 * MINUTE }))
    const at = T0 + 20 * MINUTE
    await refuse(refusalAt(at))
    await save(quoteAt({ provider: 'second', price: '188', fetchedAt: at + 1 }))
    expect(await feed()).toMatchObject({
      ...{ provider: 'second', eventAt: T0, fetchedAt: at + 1, missingSince: null, unansweredAsks: 0 },
      ...{ askedAt: at + 1, answeredAt: at + 1, attempts: [{ provider: 'first', code: 'TIMEOUT', at }] },
    })
    expect(await latest('AAPL')).toMatchObject([{ provider: 'first', price: '189.5', eventTime: T0 + 5 * MINUTE }])
  })

  it('tell what is missing since when, how often it was asked for, and what was the last reason', async () => {
    const { save, refuse, feed } = await open()
    await refuse(refusalAt(T0), refusalAt(T0, { provider: 'second', code: 'QUOTA_EXHAUSTED', wasAsked: false }))
    expect(await feed()).toMatchObject({
      ...{ eventAt: null, since: T0, askedAt: T0, answeredAt: null, missingSince: T0, unansweredAsks: 1 },
      attempts: [
        { provider: 'first', code: 'TIMEOUT', at: T0 },
        { provider: 'second', code: 'QUOTA_EXHAUSTED', at: T0 },
      ],
    })
    await refuse(refusalAt(T0 + MINUTE, { code: 'UNKNOWN_SYMBOL', hasAnswered: true }))
    const until = T0 + 12 * MINUTE
    await refuse(refusalAt(T0 + 2 * MINUTE, { code: 'CIRCUIT_OPEN', until, wasAsked: false }))
    expect(await feed()).toMatchObject({
      ...{ askedAt: T0 + MINUTE, answeredAt: T0 + MINUTE, missingSince: T0, unansweredAsks: 2 },
      attempts: [
        { provider: 'first', code: 'CIRCUIT_OPEN', until },
        { provider: 'second', until: null },
      ],
    })

    // A provider that remembers that it does not know the symbol was not asked again.
    const remembered = { code: 'UNKNOWN_SYMBOL', until: T0 + 60 * MINUTE, wasAsked: false } as const
    await refuse(refusalAt(T0 + 3 * MINUTE, remembered))
    expect(await feed()).toMatchObject({
      ...{ askedAt: T0 + MINUTE, answeredAt: T0 + MINUTE, missingSince: T0, unansweredAsks: 2 },
      attempts: [{ code: 'UNKNOWN_SYMBOL', at: T0 + 3 * MINUTE, until: T0 + 60 * MINUTE }, { provider: 'second' }],
    })

    await save(quoteAt({ eventTime: T0 + 3 * MINUTE }))
    expect(await feed()).toMatchObject({ since: T0, missingSince: null, unansweredAsks: 0, askedAt: T0 + 4 * MINUTE })
    expect((await feed()).attempts).toMatchObject([{ provider: 'second' }])
    await refuse(refusalAt(T0 + 9 * MINUTE))
    expect(await feed()).toMatchObject({ eventAt: T0 + 3 * MINUTE, missingSince: T0 + 9 * MINUTE, unansweredAsks: 1 })
  })
}

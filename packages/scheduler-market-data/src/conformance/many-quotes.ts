import { expect, it } from 'vitest'

import { MINUTE, type QuoteTablesScene, quoteAt, T0 } from './quote-tables-scene.ts'

/** Saves of many quotes, of none, in vain and at once. */
export function describeManyQuotes(open: () => Promise<QuoteTablesScene>): void {
  it('take 9,000 quotes of one poll, and the same ones again', async () => {
    const { save, feeds, latest } = await open()
    const symbols = Array.from({ length: 9_000 }, (_, at) => `S${at}`)
    const poll = (fetchedAt: number) => save(...symbols.map((symbol) => quoteAt({ symbol, fetchedAt })))
    await poll(T0 + MINUTE)
    await poll(T0 + 2 * MINUTE)
    const kept = await feeds(...symbols)
    expect(kept.map(({ feed }) => feed)).toEqual(symbols)
    const times = new Set(kept.map(({ eventAt, fetchedAt, changedAt }) => `${eventAt} ${fetchedAt} ${changedAt}`))
    expect([...times]).toEqual([`${T0} ${T0 + 2 * MINUTE} ${T0 + MINUTE}`])
    expect(await latest(...symbols)).toHaveLength(9_000)
  })

  it('take nothing', async () => {
    const { save, refuse, feeds, latest } = await open()
    await save()
    await refuse()
    expect([await feeds(), await latest()]).toEqual([[], []])
  })

  it('keep nothing of a session that is rolled back', async () => {
    const { saveInVain, feed, latest } = await open()
    await saveInVain(quoteAt())
    expect(await feed()).toMatchObject({ eventAt: null, since: null })
    expect(await latest('AAPL')).toEqual([])
  })

  it('let many save the same feeds at once, in whatever order', async () => {
    const { save, feeds } = await open()
    const symbols = Array.from({ length: 200 }, (_, at) => `S${at}`)
    const savers = Array.from({ length: 4 }, (_, saver) => {
      const mine = saver % 2 === 0 ? symbols : symbols.toReversed()
      const quotes = mine.flatMap((symbol, at) => {
        const provider = (at + saver) % 3 === 0 ? 'first' : 'second'
        return [quoteAt({ symbol, provider, eventTime: T0 + (at % 5) }), quoteAt({ symbol, eventTime: T0 + saver })]
      })
      return save(...quotes)
    })
    await Promise.all(savers)
    expect((await feeds(...symbols)).every(({ eventAt }) => eventAt !== null)).toBe(true)
  })
}

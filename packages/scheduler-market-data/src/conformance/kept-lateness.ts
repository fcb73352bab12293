import { expect, it } from 'vitest'

import type { DueBy } from '../tables/quote-rows.ts'
import { DUE_MS, MINUTE, type QuoteTablesScene, quoteAt, refusalAt, T0 } from './quote-tables-scene.ts'

/** How the tables keep when updates were late, by the due instants of the suite. */
export function describeKeptLateness(open: (dueBy?: DueBy) => Promise<QuoteTablesScene>): void {
  it('keep no span while every update comes in time, and one from when it was due to when it came', async () => {
    const { save, feed } = await open()
    await save(quoteAt())
    await save(quoteAt({ eventTime: T0 + 15 * MINUTE }))
    expect((await feed()).lateness).toEqual({ dueBy: T0 + 15 * MINUTE + DUE_MS, spans: [], knownFrom: null })

    // The same price again moves no due instant of the suite, and ends no lateness.
    await save(quoteAt({ eventTime: T0 + 15 * MINUTE, fetchedAt: T0 + 50 * MINUTE }))
    await save(quoteAt({ eventTime: T0 + 60 * MINUTE }))
    const span = { from: T0 + 35 * MINUTE, to: T0 + 61 * MINUTE }
    expect((await feed()).lateness).toEqual({ dueBy: T0 + 80 * MINUTE, spans: [span], knownFrom: null })

    // An older price changes nothing.
    await save(quoteAt({ eventTime: T0 + 30 * MINUTE, fetchedAt: T0 + 100 * MINUTE }))
    expect((await feed()).lateness).toEqual({ dueBy: T0 + 80 * MINUTE, spans: [span], knownFrom: null })
  })

  it('keep that an answer with the same price came in time, or late, where it moves the due instant', async () => {
    const { save, feed } = await open(({ eventTime, fetchedAt }) => Math.max(eventTime, fetchedAt) + DUE_MS)
    const again = async (minutes: number) => {
      await save(quoteAt({ fetchedAt: T0 + minutes * MINUTE }))
      return (await feed()).lateness
    }
    await save(quoteAt())
    expect(await again(16)).toEqual({ dueBy: T0 + 36 * MINUTE, spans: [], knownFrom: null })
    const spans = [{ from: T0 + 36 * MINUTE, to: T0 + 50 * MINUTE }]
    expect(await again(50)).toEqual({ dueBy: T0 + 70 * MINUTE, spans, knownFrom: null })
    // An answer that was saved late, and one with an older price, confirm nothing.
    expect(await again(45)).toEqual({ dueBy: T0 + 70 * MINUTE, spans, knownFrom: null })
    await save(quoteAt({ eventTime: T0 - MINUTE, fetchedAt: T0 + 60 * MINUTE }))
    expect((await feed()).lateness).toEqual({ dueBy: T0 + 70 * MINUTE, spans, knownFrom: null })
  })

  it('keep that a feed was late from the first question to its first price', async () => {
    const { save, refuse, feed } = await open()
    await refuse(refusalAt(T0))
    expect((await feed()).lateness).toEqual({ dueBy: null, spans: [], knownFrom: null })
    await save(quoteAt({ eventTime: T0 + 5 * MINUTE }))
    expect((await feed()).lateness?.spans).toEqual([{ from: T0, to: T0 + 6 * MINUTE }])
  })

  it('keep the last 48 spans, and tell from when on they are all', async () => {
    const { save, feed } = await open()
    for (let hour = 0; hour < 60; hour++) await save(quoteAt({ eventTime: T0 + hour * 60 * MINUTE }))
    const lateness = (await feed()).lateness
    expect(lateness?.spans).toHaveLength(48)
    expect(lateness?.spans.at(-1)).toEqual({ from: T0 + (58 * 60 + 20) * MINUTE, to: T0 + (59 * 60 + 1) * MINUTE })
    expect(lateness?.knownFrom).toBe(lateness?.spans[0]?.from)
  })
}

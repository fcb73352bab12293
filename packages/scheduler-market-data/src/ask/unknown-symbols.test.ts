import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, test } from 'vitest'

import { createUnknownSymbols } from './unknown-symbols.ts'

const HOUR = 3_600_000
const OPTIONS = { askAgainMs: HOUR, maxAskAgainMs: 24 * HOUR, max: 3 }

describe('the memory of what a provider does not know', () => {
  test('waits an hour, then twice as long each time, up to a day', async () => {
    const clock = createManualClock()
    const unknown = createUnknownSymbols(clock, OPTIONS)
    const waits: number[] = []
    for (let time = 0; time < 7; time++) {
      expect(unknown.recall('GONE')).toBeNull()
      const rememberedFrom = clock.now()
      const { askAgainAt, ...told } = unknown.missing('GONE', 'UNKNOWN_SYMBOL')
      expect(told).toEqual({ kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL' })
      const waitMs = (askAgainAt ?? 0) - clock.now()
      waits.push(waitMs / HOUR)
      await clock.advance(waitMs - 1)
      expect(unknown.recall('GONE')).toEqual({ ...told, askAgainAt, rememberedFrom })
      await clock.advance(1)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24])
  })

  test('forgets a symbol that is found', () => {
    const unknown = createUnknownSymbols(createManualClock(), OPTIONS)
    unknown.missing('BACK', 'UNKNOWN_SYMBOL')
    unknown.found('BACK')
    expect(unknown.recall('BACK')).toBeNull()
  })

  test('does not believe one absence of a symbol that has had a quote, but two in a row', () => {
    const unknown = createUnknownSymbols(createManualClock(), OPTIONS)
    unknown.found('AAPL')
    expect(unknown.missing('AAPL', 'UNKNOWN_SYMBOL').askAgainAt).toBeNull()
    expect(unknown.recall('AAPL')).toBeNull()
    unknown.found('AAPL')
    expect(unknown.missing('AAPL', 'UNKNOWN_SYMBOL').askAgainAt).toBeNull()
    expect(unknown.missing('AAPL', 'UNKNOWN_SYMBOL').askAgainAt).not.toBeNull()
  })

  test('believes a provider at once that says that a symbol is delisted', () => {
    const unknown = createUnknownSymbols(createManualClock(), OPTIONS)
    unknown.found('AAPL')
    expect(unknown.missing('AAPL', 'DELISTED').askAgainAt).not.toBeNull()
  })

  test('holds a bounded number of symbols, and forgets the oldest', () => {
    const unknown = createUnknownSymbols(createManualClock(), OPTIONS)
    for (let index = 0; index < 1_000; index++) unknown.missing(`S${index}`, 'UNKNOWN_SYMBOL')
    const known = Array.from({ length: 1_000 }, (_, index) => `S${index}`).filter((key) => unknown.recall(key) !== null)
    expect(known).toEqual(['S997', 'S998', 'S999'])
  })

  test('does not ask sooner when the wall clock is corrected', () => {
    const clock = createManualClock()
    const unknown = createUnknownSymbols(clock, OPTIONS)
    unknown.missing('GONE', 'UNKNOWN_SYMBOL')
    clock.jumpWall(365 * 24 * HOUR)
    expect(unknown.recall('GONE')).not.toBeNull()
  })
})

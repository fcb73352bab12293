import { type Closes, createCloses } from './closes.ts'
import { instrumentOf } from './instruments.ts'
import type { Series, TradingDay } from './read-series.ts'

/** Plays the recorded prices, one trading day per poll. */
export interface Tape {
  /**
   * The next day of a symbol for a reader; `null` for an unknown symbol. The symbol advances when a reader that has
   * already seen its present day asks again. So two providers that one poll asks after each other, the second as a
   * fallback, see the same day. After the last recorded day it stays there, as in a closed market.
   */
  next(symbol: string, reader: string): Frame | null
  readonly symbols: readonly string[]
}

/** One day of one symbol. */
export interface Frame extends TradingDay {
  readonly symbol: string
  readonly currency: string
  /** The time of its price, in seconds since the Unix epoch. */
  readonly closedAt: number
  /** How far the local time of its exchange was ahead of UTC then. */
  readonly utcOffsetMs: number
  /** The close of the recorded day before; `null` on the first. */
  readonly previousClose: number | null
}

/** Where to begin: for each symbol at its first day on or after `startDate`, or at its first day if there is none. */
export interface TapeStart {
  /** `YYYY-MM-DD`. */
  readonly startDate?: string
  /** By symbol, the day after which to begin, such as the latest day that the host has stored. */
  readonly after?: Readonly<Record<string, string>>
}

export function createTape(series: ReadonlyMap<string, Series>, start: TapeStart = {}): Tape {
  const closes = createCloses()
  const positions = new Map<string, { index: number; readonly seenBy: Set<string> }>()
  return {
    symbols: [...series.keys()],
    next(symbol, reader) {
      const recorded = series.get(symbol)
      if (recorded === undefined) return null
      const position = positions.get(symbol) ?? { index: firstIndex(recorded, start), seenBy: new Set() }
      positions.set(symbol, position)
      if (position.seenBy.has(reader) && position.index < recorded.days.length - 1) {
        position.index++
        position.seenBy.clear()
      }
      position.seenBy.add(reader)
      return frameAt(recorded, position.index, closes)
    },
  }
}

function firstIndex({ symbol, days }: Series, { startDate = '', after = {} }: TapeStart): number {
  const played = after[symbol]
  if (played !== undefined) {
    const index = days.findIndex(({ date }) => date > played)
    return index === -1 ? days.length - 1 : index
  }
  return Math.max(
    0,
    days.findIndex(({ date }) => date >= startDate),
  )
}

function frameAt({ symbol, currency, days }: Series, index: number, closes: Closes): Frame | null {
  const day = days[index]
  const close = day && closes.of(day.date, instrumentOf(symbol))
  if (day === undefined || !close) return null
  return { ...day, ...close, symbol, currency, previousClose: days[index - 1]?.close ?? null }
}

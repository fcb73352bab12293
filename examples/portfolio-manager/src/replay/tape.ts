import { localInstant } from '@pm/scheduler-market-data'

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
      return frameAt(recorded, position.index)
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

function frameAt({ symbol, currency, days }: Series, index: number): Frame | null {
  const day = days[index]
  if (day === undefined) return null
  const { closes, timeZone } = instrumentOf(symbol)
  const closedAt = localInstant({ day: day.date, time: closes, timeZone })
  if (closedAt === null) return null
  return { ...day, symbol, currency, closedAt: closedAt / 1000, previousClose: days[index - 1]?.close ?? null }
}

import { EXCHANGES, exchangeCalendar, type TradingCalendar } from '../../src/index.ts'
import type { WeekInstrument } from './instruments.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** When the instruments of the week were traded. */
export interface Trades {
  /** The last trade up to `at`, as far as a provider with a delay knows it; `null` before the first. */
  lastOf(instrument: WeekInstrument, at: number): number | null
}

export function createTrades(): Trades {
  const calendars = new Map<string, TradingCalendar>(EXCHANGES.map((code) => [code, exchangeCalendar(code)]))

  return {
    lastOf({ market, trading, said: { delayMs } }, now) {
      const calendar = calendars.get(market)
      if (calendar === undefined) throw new Error(`the week has no calendar ${market}`)
      const at = now - (delayMs ?? 0)
      const sessions = calendar.sessionsBetween(at - 10 * DAY, at + 1).toReversed()
      for (const { opensAt, closesAt } of sessions) {
        if (trading === 'busy') return Math.max(opensAt, Math.min(closesAt, Math.floor(at / MINUTE) * MINUTE))
        for (const trade of rareTrades(trading, opensAt, closesAt)) if (trade <= at) return trade
      }
      return null
    },
  }
}

/** The trades of a session in which not much happens, the latest first. A fund is priced two hours after the close. */
function rareTrades(trading: Exclude<WeekInstrument['trading'], 'busy'>, opensAt: number, closesAt: number) {
  if (trading === 'thin') return [opensAt + 3 * HOUR, opensAt + HOUR]
  if (trading === 'asleep') return new Date(opensAt + 12 * HOUR).getUTCDay() === 1 ? [opensAt + HOUR] : []
  return [closesAt]
}

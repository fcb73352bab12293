import type { Series } from './read-series.ts'

/**
 * Series of made symbols, `MADE00001` and so on, from recorded ones, for replays of more symbols than are recorded. Each
 * has the prices of a recorded one from a later day on. A hundred of them share one list of days.
 */
export function madeSeries(recorded: readonly Series[], count: number): ReadonlyMap<string, Series> {
  const paths = recorded.flatMap(({ currency, days }) =>
    Array.from({ length: PATHS }, (_, at) => ({
      currency,
      days: days.slice(Math.floor((days.length * at) / PATHS / 2)),
    })),
  )
  const made = Array.from({ length: paths.length === 0 ? 0 : count }, (_, at): [string, Series] => {
    const symbol = `${PREFIX}${String(at + 1).padStart(5, '0')}`
    const { currency, days } = paths[at % paths.length] ?? { currency: 'USD', days: [] }
    return [symbol, { symbol, currency, days }]
  })
  return new Map(made)
}

/** Whether a symbol is none of a market, but made by `madeSeries`. */
export function isMade(symbol: string): boolean {
  return symbol.startsWith(PREFIX)
}

const PREFIX = 'MADE'
/** How many different ways each recorded series is replayed in. */
const PATHS = 20

import { readFile } from 'node:fs/promises'

import { UserError } from '../user-error.ts'

/** The recorded days of one symbol, earliest first. */
export interface Series {
  readonly symbol: string
  readonly currency: string
  readonly days: readonly TradingDay[]
}

/** A price is `null` when the source lacks it. */
export interface TradingDay {
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number
  readonly volume: number | null
}

/** Reads a file of daily prices (see `data/README.md`). Throws a `UserError` that names an invalid line. */
export async function readSeries(csvPath: string): Promise<ReadonlyMap<string, Series>> {
  const text = await readFile(csvPath, 'utf8').catch((cause: unknown) => {
    throw new UserError(`Cannot read the recorded prices in ${csvPath}.`, [], { cause })
  })
  const [header, ...lines] = text.split(/\r?\n/)
  if (header !== HEADER) throw new UserError(`${csvPath} does not begin with "${HEADER}".`)

  const series = new Map<string, Series & { days: TradingDay[] }>()
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const { symbol, currency, day } = parseLine(line) ?? refuse(`Line ${index + 2} of ${csvPath} is no daily price.`)
    const known = series.get(symbol) ?? { symbol, currency, days: [] }
    series.set(symbol, known)
    known.days.push(day)
  }
  for (const { days } of series.values()) days.sort((a, b) => a.date.localeCompare(b.date))
  return series
}

const HEADER = 'symbol,currency,date,open,high,low,close,volume'

function parseLine(line: string): { symbol: string; currency: string; day: TradingDay } | null {
  const [symbol, currency, date, ...cells] = line.split(',')
  const [open, high, low, close, volume] = cells.map((cell) => (cell === '' ? null : Number(cell)))
  if (!symbol || !currency || !date || !/^\d{4}-\d{2}-\d{2}$/.test(date) || cells.length !== 5) return null
  if (
    typeof close !== 'number' ||
    ![open, high, low, close, volume].every((cell) => cell === null || Number.isFinite(cell))
  ) {
    return null
  }
  return {
    symbol,
    currency,
    day: { date, open: open ?? null, high: high ?? null, low: low ?? null, close, volume: volume ?? null },
  }
}

function refuse(message: string): never {
  throw new UserError(message)
}

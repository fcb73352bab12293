import { type CalendarDay, isDay } from '../calendar/days.ts'
import { readDecimal } from '../decimal/decimal.ts'
import { type RateTable, rateTable } from './rate-table.ts'

/**
 * Reads a file of euro foreign exchange reference rates as the ECB publishes it: the XML of a day, of 90 days or of the
 * whole history, or the CSV of the same. Returns `null` for any other text, for a file with an impossible day or a rate
 * that is none, and for one without a day: half a file is no file. A currency without a rate on a day (`N/A`) is left
 * out there.
 */
export function parseEcbRates(text: string): RateTable | null {
  const rows = text.trimStart().startsWith('<') ? readXml(text) : readCsv(text)
  if (rows === null || rows.length === 0) return null
  const byDay = new Map<CalendarDay, ReadonlyMap<string, string>>()
  for (const { day, cells } of rows) {
    const rates = readRates(cells)
    if (rates === null || !isDay(day) || byDay.has(day)) return null
    byDay.set(day, rates)
  }
  return rateTable(byDay)
}

function readRates(cells: Row['cells']): ReadonlyMap<string, string> | null {
  const rates = new Map<string, string>()
  for (const [currency, cell] of cells) {
    const rate = readRate(cell)
    if (rate === null || !/^[A-Z]{3}$/.test(currency) || rates.has(currency)) return null
    if (rate !== 'none') rates.set(currency, rate)
  }
  return rates
}

interface Row {
  readonly day: string
  readonly cells: readonly (readonly [currency: string, rate: string])[]
}

/** One `Cube` names the day, and those after it the rates. */
function readXml(text: string): readonly Row[] | null {
  if (!text.includes('eurofxref')) return null
  const rows: { day: string; cells: [string, string][] }[] = []
  for (const [tag] of text.matchAll(CUBE)) {
    const day = TIME.exec(tag)?.[2]
    if (day !== undefined) rows.push({ day, cells: [] })
    const [currency, rate] = [CURRENCY.exec(tag)?.[2], RATE.exec(tag)?.[2]]
    if (currency === undefined && rate === undefined) continue
    if (currency === undefined || rate === undefined || rows.length === 0) return null
    rows.at(-1)?.cells.push([currency, rate])
  }
  return rows
}

const CUBE = /<Cube\s[^<>]*>/g
const TIME = /\stime=(['"])([^'"]*)\1/
const CURRENCY = /\scurrency=(['"])([^'"]*)\1/
const RATE = /\srate=(['"])([^'"]*)\1/

/** The history has its lines end with a comma, and the file of one day a blank after each comma. */
function readCsv(text: string): readonly Row[] | null {
  const [header = [], ...lines] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) =>
      line
        .replace(/,\s*$/, '')
        .split(',')
        .map((cell) => cell.trim()),
    )
  const [title, ...currencies] = header
  if (title !== 'Date' || lines.some(({ length }) => length !== header.length)) return null
  return lines.map(([day = '', ...cells]) => ({
    day: isoDay(day),
    cells: currencies.map((currency, index) => [currency, cells[index] ?? ''] as const),
  }))
}

/** The file of one day writes `28 June 2024`, the history `2024-06-28`. */
function isoDay(text: string): string {
  const [, date, name = '', year] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? []
  const month = MONTHS.indexOf(name) + 1
  if (date === undefined || month === 0) return text
  return `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function readRate(cell: string): string | 'none' | null {
  if (cell === 'N/A' || cell === '') return 'none'
  const reading = readDecimal(cell, { whole: 10, fraction: 12 })
  return reading.kind === 'decimal' && reading.decimal !== '0' && !reading.decimal.startsWith('-')
    ? reading.decimal
    : null
}

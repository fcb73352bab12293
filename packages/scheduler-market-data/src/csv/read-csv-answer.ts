import type { EpochMs } from '@pm/scheduler-core'

import { closingTimeOf } from '../ask/closing-time.ts'
import { matchAnswers } from '../ask/match-answers.ts'
import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { MAX_RETRY_MS } from '../http/retry-after.ts'
import type { QuoteCandidate } from '../quote/check-quote.ts'
import type { InstrumentFacts } from '../quote/instrument-facts.ts'
import { type FetchRefusal, failed, type QuoteResult, refuse, UNKNOWN_SYMBOL } from '../quote/quote-result.ts'
import { localInstant } from '../time/local-instant.ts'
import { type CsvRow, parseCsv } from './parse-csv.ts'

/** The columns of a table of quotes, by the names in its first line; their case does not matter. */
export interface CsvColumns {
  readonly symbol: string
  readonly price: string
  /** `YYYY-MM-DD` or `YYYYMMDD`. */
  readonly date: string
  /** `HH:MM`, `HH:MM:SS` or `HHMMSS` (default none: the price is stamped by the calendar of its exchange). */
  readonly time?: string
  /** Three letters (default none: the currency is that of the listing). */
  readonly currency?: string
  readonly name?: string
  readonly previousClose?: string
  readonly volume?: string
}

/** What a table does not say of a symbol. */
export interface CsvListing {
  /** The provider's name of the symbol. */
  readonly name: string
  /** `null` when only the table tells. */
  readonly currency: string | null
  /** Stamps prices that have a day alone (default none: they have the beginning of the day). */
  readonly calendar?: TradingCalendar | null
  readonly instrument?: Partial<InstrumentFacts>
  /** Whether its price can be below zero, as that of a future (default false). */
  readonly mayBeNegative?: boolean
}

export interface ReadCsvContext extends Pick<AskTools, 'now' | 'check'> {
  readonly asked: readonly AskedSymbol[]
  readonly columns: CsvColumns
  readonly separator: string
  /** The zone of dates and times. */
  readonly timezone: string
  /** What stands for a missing value. */
  readonly missing: readonly string[]
  readonly listingOf: (symbol: string) => CsvListing | null
}

/**
 * Reads a table of quotes: one result for each symbol, or the refusal that concerns them all. Of a table that breaks off
 * in a line nobody can tell whether a symbol that is missing is unknown.
 */
export function readCsvAnswer(text: string, context: ReadCsvContext): readonly QuoteResult[] | FetchRefusal {
  const { asked, columns, separator, check } = context
  const table = parseCsv(text, separator)
  const [head = ''] = text.split('\n', 1)
  if (table === null || !hasColumns(head, columns, separator)) return refusalOf(text, context.now())
  return matchAnswers({
    asked,
    answers: table.rows.flatMap((row) => {
      const name = valueIn(row, columns.symbol, context)
      return name === undefined ? [] : [{ name, entry: row }]
    }),
    ...(table.isCut && { absent: failed('BODY_UNEXPECTED') }),
    isSame: (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]),
    read(row, { symbol }) {
      const isUnknown = [columns.price, columns.date].every((column) => valueIn(row, column, context) === undefined)
      return isUnknown ? refuse(symbol, UNKNOWN_SYMBOL) : check(candidateOf(row, symbol, context), symbol)
    },
  })
}

function candidateOf(row: CsvRow, symbol: string, context: ReadCsvContext): QuoteCandidate {
  const { columns, listingOf } = context
  const listing = listingOf(symbol)
  const value = (column: string | undefined) => valueIn(row, column, context)
  const name = value(columns.name)
  return {
    symbol,
    price: value(columns.price),
    currency: currencyOf(row, listing, context),
    eventTime: eventTimeOf(row, listing, context),
    eventTimePrecision: columns.time === undefined ? 'day' : 'exact',
    name: name?.includes('\uFFFD') ? undefined : name,
    previousClose: value(columns.previousClose),
    volume: value(columns.volume),
    instrument: {
      type: null,
      exchange: null,
      timezone: null,
      marketState: null,
      delayMs: null,
      ...listing?.instrument,
    },
    mayBeNegative: listing?.mayBeNegative ?? false,
  }
}

/** A currency that broke off is missing, and not that of the listing. */
function currencyOf(row: CsvRow, listing: CsvListing | null, context: ReadCsvContext): string | null | undefined {
  const { currency } = context.columns
  if (currency !== undefined && !row.has(currency.toLowerCase())) return null
  return valueIn(row, currency, context) ?? listing?.currency
}

/** Text that is no date or time is passed on, so that it is refused with the right code. */
function eventTimeOf(row: CsvRow, listing: CsvListing | null, context: ReadCsvContext): unknown {
  const { columns, timezone: timeZone, now } = context
  const date = valueIn(row, columns.date, context)
  const day = date?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return date
  if (columns.time === undefined) {
    const calendar = listing?.calendar ?? null
    return closingTimeOf(day, { calendar, timeZone: calendar?.timezone ?? timeZone }, now()) ?? date
  }
  const time = valueIn(row, columns.time, context)
  const [, hours, minutes, seconds = '0'] = /^(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(time ?? '') ?? []
  if (hours === undefined || minutes === undefined || Number(seconds) > 59) return time
  const minute = localInstant({ day, time: `${hours}:${minutes}`, timeZone })
  return minute === null ? date : minute + Number(seconds) * 1000
}

function valueIn(row: CsvRow, column: string | undefined, { missing }: ReadCsvContext): string | undefined {
  const value = column === undefined ? undefined : row.get(column.toLowerCase())
  return value === undefined || value === '' || missing.includes(value) ? undefined : value
}

/** Each of them once: of two columns with one name nobody can tell which is meant. */
function hasColumns(head: string, columns: CsvColumns, separator: string): boolean {
  const names = head.split(separator).map((name) => name.replaceAll('"', '').trim().toLowerCase())
  return Object.values(columns).every((column) => names.filter((name) => name === column.toLowerCase()).length === 1)
}

/** What is no table: a sentence about a limit, which such providers send with status 200, or something else. */
function refusalOf(text: string, now: EpochMs): FetchRefusal {
  if (text.length > 500 || !/limit|too many/i.test(text)) return failed('BODY_UNEXPECTED')
  const code = /daily|per day/i.test(text) ? 'DAILY_LIMIT_REACHED' : 'RATE_LIMITED'
  return { kind: 'rate-limited', code, retryAt: now + MAX_RETRY_MS }
}

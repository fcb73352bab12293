import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { type Exchange, exchangeCalendar } from '../../../packages/scheduler-market-data/src/index.ts'
import { differencesOf } from '../../../packages/scheduler-market-data/test/calendars/differences.ts'
import { hoursOf } from '../../../packages/scheduler-market-data/test/calendars/published-table.ts'
import { readCsv } from '../calendars/read-csv.ts'
import { toYears } from '../calendars/to-years.ts'

/** The sessions of our calendar in the file that another project would write. */
function fileOf(exchange: Exchange, from: string, to: string): string {
  const calendar = exchangeCalendar(exchange)
  const days = new Set(calendar.sessionsBetween(Date.parse(from), Date.parse(to)).map(({ day }) => day))
  const rows = [...days].map((day) => {
    const sessions = calendar.tradingDay(day)?.sessions ?? []
    const [first, last] = [sessions[0], sessions.at(-1)]
    const pause = sessions.length === 2 ? [first?.closesAt, last?.opensAt] : [null, null]
    return [
      day,
      ...[first?.opensAt, last?.closesAt, ...pause].map((at) => (at == null ? '' : new Date(at).toISOString())),
    ]
  })
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, `${exchange.toLowerCase()}.csv`)
  writeFileSync(file, [',open,close,break_start,break_end', ...rows.map((row) => row.join(','))].join('\n'))
  return file
}

it.each([
  // Hours that change within a year, a break, and half days.
  ['XTKS', '2023-12-31T12:00Z', '2026-01-01T00:00Z', 2],
  ['XHKG', '2023-12-31T12:00Z', '2026-01-01T00:00Z', 2],
  // A week that changes, and sessions that open on the evening before.
  ['XTAE', '2025-01-01T00:00Z', '2026-12-31T23:00Z', 2],
  ['CME-ENERGY', '2024-01-01T12:00Z', '2025-12-31T22:00Z', 2],
] as const)('the table of %s says what the file of its sessions says', (exchange, from, to, years) => {
  const calendar = exchangeCalendar(exchange)
  const hours = readCsv(fileOf(exchange, from, to), calendar.timezone)
  const table = { calendar: exchange, sources: [], taken: '', years: toYears(hours), corrections: [] }
  expect(Object.keys(table.years)).toHaveLength(years)
  expect(hoursOf(table)).toEqual(hours)
  expect(differencesOf(calendar, hours)).toEqual([])
})

it('a day that differs is told with both hours', () => {
  const tokyo = exchangeCalendar('XTKS')
  const published = new Map([
    ['2024-11-01', '09:00-11:30 12:30-15:30'],
    ['2024-11-04', '09:00-11:30'],
    ['2024-11-05', '09:00-11:30 12:30-15:30'],
  ])
  expect(differencesOf(tokyo, published)).toEqual([
    { day: '2024-11-01', published: '09:00-11:30 12:30-15:30', ours: '09:00-11:30 12:30-15:00' },
    { day: '2024-11-04', published: '09:00-11:30', ours: '' },
  ])
})

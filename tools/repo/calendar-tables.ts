/**
 * Holds the built-in calendars against tables that others publish: `node --conditions=@pm/source
 * tools/repo/calendar-tables.ts FOLDER` reads `xnys.csv` and its like, prints every day that differs, and fails when
 * there is one. `--write` also makes the tables of the test out of them; their sources and corrections stay, and a
 * person brings both up to date. docs/guides/calendars.md says where the files come from.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { EXCHANGES, exchangeCalendar } from '../../packages/scheduler-market-data/src/index.ts'
import { differencesOf } from '../../packages/scheduler-market-data/test/calendars/differences.ts'
import {
  corrected,
  fileOf,
  type PublishedTable,
} from '../../packages/scheduler-market-data/test/calendars/published-table.ts'
import { readCsv } from './calendars/read-csv.ts'
import { toYears } from './calendars/to-years.ts'

const [folder, mode] = process.argv.slice(2)
if (folder === undefined) throw new TypeError('Which folder has the files?')
const tables = fileURLToPath(new URL('../../packages/scheduler-market-data/test/calendars/tables/', import.meta.url))

let differences = 0
for (const exchange of EXCHANGES) {
  const csv = join(folder, `${exchange.toLowerCase()}.csv`)
  if (!existsSync(csv)) continue
  const calendar = exchangeCalendar(exchange)
  const { from, to } = calendar.knows
  const hours = readCsv(csv, calendar.timezone)
  const file = join(tables, fileOf(exchange))
  const table: PublishedTable = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { calendar: exchange, sources: [], taken: '', years: {}, corrections: [] }
  const found = differencesOf(calendar, corrected(hours, table.corrections))
  differences += found.length
  const days = [...hours.keys()]
  console.log(`${exchange}: ${days[0]} to ${days.at(-1)}, known from ${from} to ${to}: ${found.length} differences`)
  for (const { day, published, ours } of found) console.log(`  ${day}: published "${published}", ours "${ours}"`)
  if (mode === '--write') {
    const known = new Map([...hours].filter(([day]) => from.slice(0, 4) <= day && day.slice(0, 4) <= to.slice(0, 4)))
    writeFileSync(file, `${JSON.stringify({ ...table, years: toYears(known) }, null, 2)}\n`)
  }
}
process.exitCode = differences === 0 ? 0 : 1

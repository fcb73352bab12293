import { readFileSync } from 'node:fs'

import { clockOf, hoursText } from '../../../packages/scheduler-market-data/test/calendars/differences.ts'

/**
 * The hours of every day from the first year of a file to its last, from rows of `day, open, close, break_start,
 * break_end` in UTC. Years that the file has in part are left out.
 */
export function readCsv(file: string, timezone: string): ReadonlyMap<string, string> {
  const clock = clockOf(timezone)
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(','))
  const trading = new Map(
    rows.map(([day = '', ...times]) => [day.slice(0, 10), hoursOfRow(day.slice(0, 10), times, clock)]),
  )
  const days = [...trading.keys()].sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const hours = new Map<string, string>()
  for (const year of wholeYears(first, last))
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY_MS) {
      const day = new Date(at).toISOString().slice(0, 10)
      hours.set(day, trading.get(day) ?? '')
    }
  return hours
}

const DAY_MS = 86_400_000

/** A market is never closed for more than the first or the last 12 days of a year. */
function wholeYears(first: string, last: string): readonly number[] {
  const from = Number(first.slice(0, 4)) + (first.slice(5) > '01-13' ? 1 : 0)
  const to = Number(last.slice(0, 4)) - (last.slice(5) < '12-20' ? 1 : 0)
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index)
}

function hoursOfRow(day: string, times: readonly string[], clock: ReturnType<typeof clockOf>): string {
  const [open, close, breakStart, breakEnd] = times.map((time) => (time === '' ? null : Date.parse(time)))
  if (open == null || close == null) throw new TypeError(`No hours on ${day}`)
  const sessions =
    breakStart == null || breakEnd == null
      ? [[open, close]]
      : [
          [open, breakStart],
          [breakEnd, close],
        ]
  return sessions.map(([opensAt = 0, closesAt = 0]) => hoursText({ day, opensAt, closesAt, clock })).join(' ')
}

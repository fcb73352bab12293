import { describe, expect, it } from 'vitest'

import { cron } from './cron.ts'
import { countDue, nextDueAt, previousDueAt } from './next-due.ts'
import type { Schedule } from './schedule.ts'

/*
 * A second implementation that shares no code with the schedules. It walks through real time in small steps, reads the
 * wall clock from Intl, and notes every due time. nextDue, previousDue and countDue must agree with it.
 */

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const PATTERNS = [
  '*/15 * * * *',
  '*/5 * * * *',
  '*/7 * * * *',
  '0 * * * *',
  '30 */2 * * *',
  '*/30 2 * * *',
  '15 */6 * * *',
  '*/20 0-3 * * *',
  '30 * * * 1-5',
  '0 */3 1,15 * *',
  '10-40/10 */4 * 3,4,10,11 *',
  '5,35 * 25-31 * 0',
  '* 2 * 3,10 0',
  '*/10 0,1,23 * * *',
  '0 0 * * *',
  '30 0 * * *',
  '30 1 * * *',
  '30 2 * * *',
  '0 2 * * *',
  '0 3 * * *',
  '59 23 * * *',
  '15,45 2 * * *',
  '0 1,2,3 * * *',
  '0-59/15 2 * * *',
  '0,30 0-4 * * *',
  '15 0-23 * * *',
  '30 0,12 * * *',
  '45 1,2 * * SUN',
  '0 0 1 * *',
  '0 0 L * *',
  '0 12 LW * *',
  '0 9 15W * *',
  '30 2 1W * *',
  '0 0 29 2 *',
  '0 0 * * 5#2',
  '30 1 * * 0L',
  '0 8 * * MON-FRI',
  '0 0 13 * 5',
  '0 0 13 * +5',
  '5 4 1-7 3,10,11 0',
  '0 0 */1 * 1',
  '30 2 */2 * 1',
  '0 12 1-7 * */2',
  '45 1 */3 * */2',
  '0 0 15 * */1',
  '0 6 1-31/2 * 1-6/2',
  '0 0 ? * SUN',
  '0 9 *,1 * 5#2',
] as const

const ZONES: readonly (readonly [timezone: string, year: number])[] = [
  ['UTC', 2026],
  ['Europe/Berlin', 2026],
  ['America/New_York', 2026],
  ['Australia/Lord_Howe', 2026],
  ['America/Santiago', 2026],
  ['Africa/Casablanca', 2026],
  ['Antarctica/Troll', 2026],
  ['Asia/Kathmandu', 2026],
  ['Africa/Cairo', 2023],
  ['Pacific/Apia', 2011],
  ['America/Sao_Paulo', 2017],
  ['Asia/Tehran', 2021],
]

describe('due times agree with a walk through two years', () => {
  it.each(ZONES)(
    '%s from %d',
    (timezone, year) => {
      const clock = readClock(timezone, { from: Date.UTC(year, 0, 1), to: Date.UTC(year + 2, 0, 1), stepMs: MINUTE_MS })
      for (const pattern of PATTERNS) compare(pattern, timezone, clock)
    },
    120_000,
  )
})

describe('due times agree with a walk by the second through odd changes', () => {
  it.each([
    ['Europe/Amsterdam', '1937-06-29'], // 28 seconds forward
    ['Africa/Monrovia', '1972-01-05'], // 44 minutes and 30 seconds forward
    ['Pacific/Kwajalein', '1969-09-29'], // 23 hours back
    ['Asia/Singapore', '1981-12-30'], // half an hour, at midnight
    ['America/Recife', '2000-10-06'], // the first of seven days of summer
    ['Asia/Pyongyang', '2015-08-13'], // half an hour back, at midnight
  ])('%s around %s', (timezone, day) => {
    const from = Date.parse(`${day}T00:00Z`)
    const clock = readClock(timezone, { from, to: from + 4 * DAY_MS, stepMs: 1_000 })
    for (const pattern of [
      ...PATTERNS,
      '* * * * *',
      '*/20 * * * * *',
      '15,45 30 0 * * *',
      '50 59 23 * * *',
      '* 0 0 * * *',
    ]) {
      compare(pattern, timezone, clock)
    }
  })
})

function compare(pattern: string, timezone: string, clock: WallClock): void {
  const schedule = cron(pattern, { timezone })
  const expected = walk(pattern, clock)
  const differences = [...oneAfterTheOther(schedule, expected, clock), ...fromAnywhere(schedule, expected, clock)]
  expect(differences.slice(0, 10), `${pattern} in ${timezone}`).toEqual([])
}

function oneAfterTheOther(schedule: Schedule, expected: readonly number[], { from, to }: WallClock): string[] {
  const differences: string[] = []
  let after = from
  for (const [index, wanted] of expected.entries()) {
    const due = nextDueAt(schedule, after)
    if (due !== wanted) differences.push(`next after ${toText(after)}: ${toText(due)}, not ${toText(wanted)}`)
    const previous = expected[index - 1]
    if (previous !== undefined && previousDueAt(schedule, wanted) !== previous) {
      differences.push(`previous before ${toText(wanted)}: not ${toText(previous)}`)
    }
    after = wanted
  }
  const beyond = nextDueAt(schedule, after)
  if (beyond !== null && beyond <= to) differences.push(`next after ${toText(after)}: ${toText(beyond)}, not later`)
  return differences
}

function fromAnywhere(schedule: Schedule, expected: readonly number[], { from, to }: WallClock): string[] {
  const differences: string[] = []
  const check = (name: string, actual: number | null, wanted: number | undefined) => {
    if (wanted !== undefined && actual !== wanted) differences.push(`${name}: ${toText(actual)}, not ${toText(wanted)}`)
  }
  for (let sample = 1; sample <= 100; sample++) {
    const [one, other] = [from + ((sample * 86_413_123) % (to - from)), from + ((sample * 3_600_007_919) % (to - from))]
    const [after, upTo] = [Math.min(one, other), Math.max(one, other)]
    const [passed, reached] = [rank(expected, after), rank(expected, upTo)]
    check(`next after ${toText(after)}`, nextDueAt(schedule, after), expected[passed])
    check(`previous before ${toText(upTo + 1)}`, previousDueAt(schedule, upTo + 1), expected[reached - 1])
    check(`count from ${toText(after)} to ${toText(upTo)}`, countDue(schedule, after, upTo), reached - passed)
  }
  return differences
}

interface WallClock {
  readonly from: number
  readonly to: number
  readonly stepMs: number
  /** The wall clock at `from` and at every step after it, in steps since the epoch as if in UTC. */
  readonly shown: Int32Array
  /** The lowest and the highest reading. */
  readonly lowest: number
  readonly highest: number
  /** All steps, cut where the wall clock does not go on by exactly one step. */
  readonly steadySpans: readonly { readonly first: number; readonly last: number }[]
}

/** Reads the offset once an hour, and at every step of the hours in which it changed. */
function readClock(timezone: string, { from, to, stepMs }: Pick<WallClock, 'from' | 'to' | 'stepMs'>): WallClock {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const shownAt = (instant: number) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
  const shown = new Int32Array((to - from) / stepMs + 1)
  const perHour = 3_600_000 / stepMs
  let [lowest, highest] = [Infinity, -Infinity]
  for (let start = 0; start < shown.length; start += perHour) {
    const first = shownAt(from + start * stepMs)
    const changes = shownAt(from + (start + perHour) * stepMs) - first !== 3_600_000
    for (let step = start; step < Math.min(start + perHour, shown.length); step++) {
      const wall = changes ? shownAt(from + step * stepMs) : first + (step - start) * stepMs
      shown[step] = wall / stepMs
      lowest = Math.min(lowest, wall / stepMs)
      highest = Math.max(highest, wall / stepMs)
    }
  }
  return { from, to, stepMs, shown, lowest, highest, steadySpans: spansOf(shown) }
}

function spansOf(shown: Int32Array): WallClock['steadySpans'] {
  const spans: { first: number; last: number }[] = []
  let first = 0
  for (let step = 1; step <= shown.length; step++) {
    if (step < shown.length && shown[step] === (shown[step - 1] ?? 0) + 1) continue
    spans.push({ first, last: step - 1 })
    first = step
  }
  return spans
}

/** Every due time in `(from, to]`. */
function walk(pattern: string, clock: WallClock): readonly number[] {
  const { from, stepMs, shown } = clock
  const fields = pattern.split(' ')
  const fixedTime = !fields.slice(-5, -3).some((field) => field.startsWith('*'))
  const { lowest, matches } = matchesAmong(fields, clock)
  const dues: number[] = []
  let reached = (shown[0] ?? 0) - lowest
  for (const { first, last } of clock.steadySpans) {
    const offset = (shown[first] ?? 0) - lowest - first
    if (first > 0 && (fixedTime ? matchesWithin(matches, reached, first + offset) : matches[first + offset] === 1)) {
      dues.push(from + first * stepMs)
    }
    // Between changes the wall clock goes on by one step at a time.
    const begin = fixedTime ? Math.max(first + offset, reached) : first + offset
    for (let wall = matches.indexOf(1, begin + 1); wall !== -1 && wall <= last + offset; ) {
      dues.push(from + (wall - offset) * stepMs)
      wall = matches.indexOf(1, wall + 1)
    }
    reached = Math.max(reached, last + offset)
  }
  return dues
}

/** Whether there is a match after the one time, up to and including the other. */
function matchesWithin(matches: Uint8Array, after: number, upTo: number): boolean {
  const next = matches.indexOf(1, after + 1)
  return next !== -1 && next <= upTo
}

/**
 * For each wall clock time from the lowest to the highest: whether the pattern matches it. The first entry is a
 * midnight.
 */
function matchesAmong(fields: readonly string[], { lowest: least, highest, stepMs }: WallClock) {
  const perDay = DAY_MS / stepMs
  const lowest = Math.floor(least / perDay) * perDay
  const [second = '0', minute = '*', hour = '*', ...days] = fields.length === 6 ? fields : ['0', ...fields]
  const [seconds, minutes, hours] = [select(second, 0, 59), select(minute, 0, 59), select(hour, 0, 23)]
  const inDay = Uint8Array.from({ length: perDay }, (_, step) => {
    const at = (step * stepMs) / 1_000
    return hours.has(Math.floor(at / 3_600)) && minutes.has(Math.floor(at / 60) % 60) && seconds.has(at % 60) ? 1 : 0
  })
  const matches = new Uint8Array(Math.ceil((highest - lowest + 1) / perDay) * perDay)
  const matchesDay = dayMatcher(days.map((field) => field.replace('?', '*')))
  for (let start = 0; start < matches.length; start += perDay) {
    if (matchesDay(new Date((lowest + start) * stepMs))) matches.set(inDay, start)
  }
  return { lowest, matches }
}

/**
 * A plain reading of the three day fields, and of the sentence in crontab(5): if either day field starts with *, both
 * must match; otherwise one of them is enough.
 */
function dayMatcher([date = '*', month = '*', weekday = '*']: readonly string[]): (day: Date) => boolean {
  const months = select(month, 1, 12)
  const [byDate, byWeekday] = [dateMatcher(date), weekdayMatcher(weekday.replace('+', ''))]
  const both = date.startsWith('*') || weekday.startsWith('*') || weekday.startsWith('+')
  return (day) => {
    if (!months.has(day.getUTCMonth() + 1)) return false
    return both ? byDate(day) && byWeekday(day) : byDate(day) || byWeekday(day)
  }
}

function dateMatcher(field: string): (day: Date) => boolean {
  if (field === 'L') return (day) => day.getUTCDate() === lastOf(day)
  if (field === 'LW') {
    return (day) =>
      day.getUTCDate() === [0, 1, 2].map((back) => lastOf(day) - back).find((date) => isWorkday(date, day))
  }
  if (field.endsWith('W')) {
    const wanted = Number.parseInt(field, 10)
    return (day) =>
      day.getUTCDate() === [0, -1, 1, -2, 2].map((away) => wanted + away).find((date) => isWorkday(date, day))
  }
  const dates = select(field, 1, 31)
  return (day) => dates.has(day.getUTCDate())
}

function lastOf(month: Date): number {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate()
}

/** Whether this date of the month exists and is a Monday to Friday. */
function isWorkday(date: number, month: Date): boolean {
  const day = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), date))
  return day.getUTCMonth() === month.getUTCMonth() && ![0, 6].includes(day.getUTCDay())
}

function weekdayMatcher(field: string): (day: Date) => boolean {
  const [name = '', nth] = field.split('#')
  if (nth !== undefined) {
    return (day) => day.getUTCDay() === Number(name) && Math.ceil(day.getUTCDate() / 7) === Number(nth)
  }
  if (field.endsWith('L')) {
    const wanted = Number.parseInt(field, 10)
    return (day) => day.getUTCDay() === wanted && day.getUTCDate() > lastOf(day) - 7
  }
  const weekdays = select(field.replace('MON-FRI', '1-5').replace('SUN', '0'), 0, 6)
  return (day) => weekdays.has(day.getUTCDay())
}

function select(field: string, min: number, max: number): ReadonlySet<number> {
  const selected = new Set<number>()
  for (const part of field.split(',')) {
    const [range = '*', step = '1'] = part.split('/')
    const [low = min, high = range === '*' ? max : low] = range === '*' ? [] : range.split('-').map(Number)
    for (let value = low; value <= high; value += Number(step)) selected.add(value)
  }
  return selected
}

/** How many of the sorted instants are at or before `at`. */
function rank(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instants[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

function toText(value: number | null): string {
  return value === null || value < 1e9 ? String(value) : new Date(value).toISOString()
}

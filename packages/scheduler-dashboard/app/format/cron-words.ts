import { strings } from '../strings/index.ts'
import { formatDuration } from './durations.ts'

/** The usual patterns in words; `null` for one that they do not fit. */
export function cronInWords(pattern: string): string | null {
  const fields = (NICKNAMES.get(pattern.trim().toLowerCase()) ?? pattern.trim()).split(/\s+/)
  const [second, minute = '', hour = '', day = '', month = '', weekday = ''] =
    fields.length === 6 ? fields : ['0', ...fields]
  if (second !== '0' || month !== '*' || fields.length < 5 || fields.length > 6) return null
  const times = timesInWords(minute, hour)
  const days = daysInWords(day, weekday)
  if (times === null || days === null) return null
  if (days !== '') return strings.schedule.on(times, days)
  const isAtTimes = hour.split(',').every((one) => WHOLE.test(one)) && WHOLE.test(minute)
  return isAtTimes ? `${strings.schedule.daily} ${times}` : times
}

const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
])

const STEP = /^\*\/(\d{1,2})$/
const WHOLE = /^\d{1,2}$/
const SPAN = /^(\d{1,2})-(\d{1,2})$/

function timesInWords(minute: string, hour: string): string | null {
  const words = strings.schedule
  const often = oftenInWords(minute)
  if (often !== null) return hour === '*' ? often : spanned(often, hour)
  if (!WHOLE.test(minute)) return null
  if (hour === '*') return words.hourly(minute.padStart(2, '0'))
  const hours = hour.split(',')
  if (hours.every((one) => WHOLE.test(one)))
    return words.at(hours.map((one) => `${one.padStart(2, '0')}:${minute.padStart(2, '0')}`).join(', '))
  return spanned(words.hourly(minute.padStart(2, '0')), hour)
}

function oftenInWords(minute: string): string | null {
  if (minute === '*') return strings.schedule.every(formatDuration(60_000))
  const [, step] = STEP.exec(minute) ?? []
  // Steps that do not divide the hour are not evenly far apart.
  return step === undefined || 60 % Number(step) !== 0
    ? null
    : strings.schedule.every(formatDuration(Number(step) * 60_000))
}

function spanned(what: string, hour: string): string | null {
  const [, from, to] = SPAN.exec(hour) ?? []
  if (from === undefined || to === undefined) return null
  return strings.schedule.between(what, `${from.padStart(2, '0')}:00`, `${to.padStart(2, '0')}:59`)
}

function daysInWords(day: string, weekday: string): string | null {
  const words = strings.schedule
  const isAnyWeekday = weekday === '*' || weekday === '?'
  if (day !== '*' && day !== '?') return isAnyWeekday && WHOLE.test(day) ? words.ofMonth(day) : null
  if (isAnyWeekday) return ''
  if (weekday === '1-5' || weekday.toUpperCase() === 'MON-FRI') return words.weekdays
  if (weekday === '6,0' || weekday === '0,6' || weekday === '6-7') return words.weekend
  const [, from, to] = SPAN.exec(weekday) ?? []
  if (from !== undefined && to !== undefined) return words.range(dayName(from), dayName(to))
  const days = weekday.split(',')
  return days.every((one) => /^[0-7]$/.test(one)) ? days.map(dayName).join(', ') : null
}

function dayName(day: string): string {
  return strings.schedule.days[Number(day) % 7] ?? day
}

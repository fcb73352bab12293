import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { cron } from './cron.ts'
import { nextDueAt } from './next-due.ts'
import { NICKNAMES } from './nicknames.ts'
import type { Schedule } from './schedule.ts'

describe('a cron schedule', () => {
  it('is plain data, in UTC unless told otherwise', () => {
    expect(JSON.parse(JSON.stringify(cron(' 0  8 * * MON-FRI ')))).toEqual({
      kind: 'cron',
      pattern: '0 8 * * MON-FRI',
      timezone: 'UTC',
    })
    expect(Object.keys(cron('0 8 * * *'))).toEqual(['kind', 'pattern', 'timezone'])
    expect(Object.isFrozen(cron('0 8 * * *'))).toBe(true)
  })

  it.each([
    ...['* * * * *', '0 0 29 2 *', '*/5 9-17 * * 1-5', '0 0 L * *', '0 0 LW * *', '0 0 15W * *', '0 0 * * 5#2'],
    ...['0 0 12 * * ?', '0 12 ? * MON-FRI', '0 0 13 * +5', '0 0 * * FRIL', '*/60 * * * *'],
  ])('takes %s', (pattern) => {
    expect(cron(pattern).pattern).toBe(pattern)
  })

  it.each([...NICKNAMES])('takes %s as %s', (nickname, pattern) => {
    const schedule = cron(` ${nickname} `, { timezone: 'Europe/Berlin' })
    expect(schedule.pattern).toBe(nickname)
    const other = cron(pattern, { timezone: 'Europe/Berlin' })
    expect(dues(schedule)).toEqual(dues(other))
    expect(dues(cron(nickname.toUpperCase(), { timezone: 'Europe/Berlin' }))).toEqual(dues(other))
  })

  it.each<[string, unknown, object]>([
    ['no text', 5, { path: 'cron', received: '5' }],
    ['no fields', '', { path: 'cron', expected: expect.stringContaining('5 fields') }],
    ['four fields', '* * * *', { path: 'cron' }],
    ['seven fields', '* * * * * * *', { path: 'cron' }],
    ['a misspelt nickname', '@dayly', { path: 'cron', suggestion: '@daily' }],
    ['what every object has', 'constructor', { path: 'cron', suggestion: undefined }],
    ['10 KB', '* '.repeat(5_000), { path: 'cron', expected: 'at most 512 characters' }],
    ['minute 60', '60 * * * *', { path: 'cron (minute)', received: '"60"' }],
    ['second 60', '60 * * * * *', { path: 'cron (second)' }],
    ['hour 24', '0 24 * * *', { path: 'cron (hour)' }],
    ['day 0', '0 0 0 * *', { path: 'cron (day of month)' }],
    ['month 13', '0 0 1 13 *', { path: 'cron (month)' }],
    ['weekday 8', '0 0 * * 8', { path: 'cron (day of week)' }],
    ['a sixth Monday', '0 0 * * 1#6', { path: 'cron (day of week)' }],
    ['a step of 0', '*/0 * * * *', { path: 'cron (minute)', received: '"*/0"' }],
    ['a huge range', '0-99999999 * * * *', { path: 'cron (minute)', received: '"0-99999999"' }],
    ['a range backwards', '30-10 * * * *', { path: 'cron (minute)' }],
    ['an empty entry', '1,,2 * * * *', { path: 'cron (minute)' }],
    ['words', 'every five minutes please ok', { path: 'cron (minute)' }],
    ['31 February', '0 0 31 2 *', { path: 'cron', expected: 'a day that some year has' }],
    ['30 February or 31 April', '0 0 31 2,4 *', { path: 'cron' }],
    ['a nearest weekday of 30 February', '0 0 30W 2 *', { path: 'cron' }],
  ])('refuses %s at construction', (_, pattern, details) => {
    expect(refusal(() => cron(pattern as string))).toMatchObject(details)
  })

  // https://man7.org/linux/man-pages/man5/crontab.5.html, and a crontab that was run with its clock moved.
  it.each([
    ['0 0 */1 * 1', ['05', '12', '19', '26']],
    ['0 0 */2 * 1', ['05', '19']],
    ['0 0 1-7 * */2', ['01', '03', '04', '06']],
    ['0 0 13 * 5', ['02', '09', '13', '16', '23', '30']],
    ['0 0 13 * ?', ['13']],
    ['0 0 1-31/2 * 1-6/5', ['01', '03', '05', '07', '09', '10', '11', '12', '13', '15', '17', '19', '21', '23']],
  ])('matches both day fields when one begins with *, otherwise either: %s', (pattern, days) => {
    expect(dues(cron(pattern), days.length)).toEqual(days.map((day) => `2026-01-${day}T00:00:00.000Z`))
  })

  it.each<[unknown, string | undefined]>([
    ['Europe/Berlni', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['UTC+1', 'Etc/GMT-1'],
    ['+05:30', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
    [5, undefined],
  ])('refuses the zone %j and suggests %s', (timezone, suggestion) => {
    const details = refusal(() => cron('0 8 * * *', { timezone: timezone as string }))
    expect(details).toMatchObject({ path: 'cron.timezone' })
    expect(details).toHaveProperty('suggestion', suggestion)
  })

  it('refuses options that it does not know', () => {
    const details = refusal(() => cron('0 8 * * *', { timeZone: 'Europe/Berlin' } as object))
    expect(details).toMatchObject({ path: 'cron.timeZone', suggestion: 'timezone' })
  })
})

/** The first due times of 2026. */
function dues(schedule: Schedule, count = 20): readonly (string | undefined)[] {
  let at = Date.UTC(2026, 0, 1) - 1
  return Array.from({ length: count }, () => {
    at = nextDueAt(schedule, at) ?? Number.NaN
    return new Date(at).toISOString()
  })
}

function refusal(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return { suggestion: undefined, ...error.details }
    throw error
  }
  throw new Error('was accepted')
}

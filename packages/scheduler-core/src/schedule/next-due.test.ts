import { describe, expect, it } from 'vitest'

import { cron } from './cron.ts'
import { every } from './every.ts'
import { countDue, distanceToNext, nextDue, nextDueAt, previousDue, previousDueAt } from './next-due.ts'
import { once } from './once.ts'
import type { Schedule } from './schedule.ts'

describe('every', () => {
  const quarterHours = every({ minutes: 15 })

  it('is a grid from the epoch, not from the instant asked about', () => {
    expect(dues(quarterHours, '2026-01-01T00:07:31.004Z', 2)).toEqual(['2026-01-01T00:15Z', '2026-01-01T00:30Z'])
    expect(dues(quarterHours, '2026-01-01T00:15Z', 1)).toEqual(['2026-01-01T00:30Z'])
    expect(previousDue(quarterHours, new Date('2026-01-01T00:15Z'))).toEqual(new Date('2026-01-01T00:00Z'))
  })

  it('can be anchored elsewhere, also in the future', () => {
    const anchored = every({ hours: 1, anchorAt: new Date('2030-01-01T00:05Z') })
    expect(dues(anchored, '2026-01-01T00:05Z', 1)).toEqual(['2026-01-01T01:05Z'])
    expect(dues(anchored, '1960-01-01T00:05:01Z', 1)).toEqual(['1960-01-01T01:05Z'])
  })

  it('counts a century of due times at once', () => {
    expect(countDue(every({ milliseconds: 100 }), 0, 3_155_760_000_000)).toBe(31_557_600_000)
  })

  it('ends with the last instant that a Date holds', () => {
    expect(nextDue(quarterHours, 8.64e15)).toBeNull()
    expect(previousDue(quarterHours, -8.64e15)).toBeNull()
    expect(nextDueAt(quarterHours, Number.POSITIVE_INFINITY)).toBeNull()
  })
})

describe('once', () => {
  const soon = once(new Date('2026-01-01T00:00Z'))

  it('is due once', () => {
    expect(dues(soon, '2025-12-31T23:59:59.999Z', 1)).toEqual(['2026-01-01T00:00Z'])
    expect(nextDue(soon, soon.at)).toBeNull()
    expect(previousDue(soon, soon.at)).toBeNull()
    expect(previousDueAt(soon, soon.at + 0.5)).toBe(soon.at)
    expect(countDue(soon, soon.at - 1, soon.at)).toBe(1)
    expect(countDue(soon, soon.at, soon.at + 1)).toBe(0)
    expect(distanceToNext(soon, 0)).toBeNull()
  })
})

describe('cron when the clocks change', () => {
  it.each<[string, string, string, string, readonly string[]]>([
    [
      'a fixed time in the gap: once, when it ends',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    ],
    [
      'several of one gap: once',
      '15,45 2 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-30T00:15Z'],
    ],
    [
      'a match right after the gap is the same one',
      '0 1,2,3 * * *',
      'Europe/Berlin',
      '2026-03-28T23:30Z',
      ['2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T23:00Z'],
    ],
    [
      'a fixed time in the repeated hour: the first time',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'the same, asked from inside the repeated hour',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-10-25T01:10Z',
      ['2026-10-26T01:30Z'],
    ],
    [
      'a list in the repeated hour',
      '0 1,2,3 * * *',
      'Europe/Berlin',
      '2026-10-24T22:30Z',
      ['2026-10-24T23:00Z', '2026-10-25T00:00Z', '2026-10-25T02:00Z', '2026-10-26T00:00Z'],
    ],
    [
      'steps in the gap follow real time',
      '*/30 * * * *',
      'Europe/Berlin',
      '2026-03-29T00:10Z',
      ['2026-03-29T00:30Z', '2026-03-29T01:00Z', '2026-03-29T01:30Z'],
    ],
    [
      'steps in the repeated hour follow real time',
      '*/30 * * * *',
      'Europe/Berlin',
      '2026-10-25T00:10Z',
      ['2026-10-25T00:30Z', '2026-10-25T01:00Z', '2026-10-25T01:30Z', '2026-10-25T02:00Z'],
    ],
    [
      'a step of the hour that the gap swallows is not due',
      '0 */2 * * *',
      'Europe/Berlin',
      '2026-03-28T23:30Z',
      ['2026-03-29T02:00Z'],
    ],
    [
      'a change of half an hour',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-02T16:00Z',
      ['2026-10-03T15:30Z', '2026-10-04T15:15Z'],
    ],
    [
      'half an hour back',
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-03T16:00Z',
      ['2026-04-04T14:45Z', '2026-04-05T15:15Z'],
    ],
    [
      'a gap at midnight',
      '0 0 * * *',
      'America/Santiago',
      '2026-09-05T12:00Z',
      ['2026-09-06T04:00Z', '2026-09-07T03:00Z'],
    ],
    [
      'midnight twice',
      '30 23 * * *',
      'America/Santiago',
      '2026-04-04T12:00Z',
      ['2026-04-05T02:30Z', '2026-04-06T03:30Z'],
    ],
    [
      'a day that never was',
      '0 12 * * *',
      'Pacific/Apia',
      '2011-12-29T12:00Z',
      ['2011-12-29T22:00Z', '2011-12-30T10:00Z', '2011-12-30T22:00Z'],
    ],
    [
      'a zone that gave up its clock changes',
      '30 2 * * *',
      'Europe/Moscow',
      '2011-03-26T12:00Z',
      ['2011-03-26T23:00Z', '2011-03-27T22:30Z'],
    ],
  ])('%s', (_, pattern, timezone, after, expected) => {
    const schedule = cron(pattern, { timezone })
    expect(dues(schedule, after, expected.length)).toEqual(expected)
  })

  it('the distance is that of the next two due times', () => {
    const daily = cron('0 12 * * *', { timezone: 'Europe/Berlin' })
    expect(distanceToNext(daily, Date.parse('2026-03-28T00:00Z'))).toBe(23 * 3_600_000)
    expect(distanceToNext(daily, Date.parse('2026-06-28T00:00Z'))).toBe(24 * 3_600_000)
  })

  it('finds 29 February across a century without one', () => {
    expect(dues(cron('0 0 29 2 *'), '2096-03-01T00:00Z', 1)).toEqual(['2104-02-29T00:00Z'])
    expect(previousDue(cron('0 0 29 2 *'), Date.parse('2104-02-29T00:00Z'))).toEqual(new Date('2096-02-29T00:00Z'))
  })

  it('counts ten years of seconds', () => {
    const seconds = cron('* * * * * *', { timezone: 'Europe/Berlin' })
    const [from, to] = [Date.parse('2016-01-01T00:00Z'), Date.parse('2026-01-01T00:00Z')]
    expect(countDue(seconds, from, to)).toBe((to - from) / 1_000)
  })

  it('ends with the years that a Date holds, and begins with them', () => {
    const yearly = cron('0 0 1 1 *', { timezone: 'Europe/Berlin' })
    expect(nextDue(yearly, 8.64e15)).toBeNull()
    expect(previousDue(yearly, -8.64e15)).toBeNull()
    expect(nextDue(yearly, new Date('0001-06-01T00:00Z'))).toEqual(new Date('0001-12-31T23:06:32Z'))
  })

  it('refuses a value that is no instant', () => {
    expect(() => nextDue(cron('0 0 * * *'), new Date('soon'))).toThrow('Invalid after: got an invalid Date')
    expect(() => previousDue(every({ hours: 1 }), Number.NaN)).toThrow('Invalid before: got NaN')
  })
})

function dues(schedule: Schedule, after: string, count: number): string[] {
  const found: string[] = []
  let due = nextDue(schedule, new Date(after))
  while (due !== null && found.length < count) {
    found.push(due.toISOString().replace(':00.000Z', 'Z'))
    due = nextDue(schedule, due)
  }
  return found
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { cron } from './cron.ts'
import { every } from './every.ts'
import { countDue, nextDueAt } from './next-due.ts'

describe('a pattern of another dialect is refused with its replacement', () => {
  it.each([
    ['a range backwards', '0 22-2 * * *', '0 22-23,0-2 * * *'],
    ['a range backwards, by name', '0 0 * * FRI-MON', '0 0 * * FRI-SAT,SUN-MON'],
    ['a range from the last value', '0 23-1 * * SAT-TUE', '0 23,0-1 * * SAT,SUN-TUE'],
    ['a range to the first value', '50-0 * * NOV-JAN *', '50-59,0 * * NOV-DEC,JAN *'],
    ['a range backwards in steps', '0 22-4/2 * * *', '0 22,0,2,4 * * *'],
    ['a range from Sunday as 7', '0 0 * * 7-2/2', '0 0 * * 0-2/2'],
    ['steps from a value', '5/15 * * * *', '5-59/15 * * * *'],
    ['steps from the first value', '0/15 * * * *', '*/15 * * * *'],
    ['steps from Sunday as 7', '0 0 * * 7/2', '0 0 * * 0-6/2'],
    ['a range of one Sunday', '0 0 * * SUN-SUN', '0 0 * * SUN'],
    ['a range of one Sunday in a list', '0 0 13 * +WED,0-SUN/2', '0 0 13 * +WED,0'],
    ['90 minutes from 0', '0/90 * * * *', 'every({ minutes: 90 })'],
    ['40 days from the first', '0 0 1/40 * *', 'every({ days: 40 })'],
    ['steps from a date', '0 0 1/5 * 1', '0 0 1-31/5 * 1'],
    ['steps from a weekday', '0 0 * * MON/2', '0 0 * * MON-SAT/2'],
    ['a long weekday', '0 8 * * monday-Friday', '0 8 * * MON-FRI'],
    ['names of four letters', '0 8 * SEPT TUES,THURS', '0 8 * SEP TUE,THU'],
    ['a long month', '0 8 1 JANUARY *', '0 8 1 JAN *'],
    ['90 minutes', '*/90 * * * *', 'every({ minutes: 90 })'],
    ['90 seconds', '*/90 * * * * *', 'every({ seconds: 90 })'],
    ['48 hours', '0 */48 * * *', 'every({ hours: 48 })'],
    ['40 days', '0 0 */40 * *', 'every({ days: 40 })'],
    ['a step beyond its field, with more beside it', '*/90 8 * * *', '0 8 * * *'],
    ['a step beyond its field, from a value', '5-59/90 8 * * *', '5 8 * * *'],
    ['days before the last', '0 0 L-3 * *', '0 0 28 1,3,5,7,8,10,12 * and 0 0 27 4,6,9,11 * and 0 0 25 2 *'],
    ['days before the last of a month', '0 0 L-3 2 *', '0 0 25 2 *'],
    ['days before the last of a month by name', '0 0 L-3 FEB *', '0 0 25 2 *'],
    ['days before the last of some months', '0 0 L-3 */3 *', '0 0 28 1,7,10 * and 0 0 27 4 *'],
    ['the last day of a week', '0 0 * * L', '0 0 * * SAT'],
    ['a long weekday, the last', '0 0 * * FRIDAYL', '0 0 * * FRIL'],
    ['a value by chance', '~ 0~8 * * *', '0 0 * * *'],
    ['a hash', 'H H * * H', '0 0 * * 0'],
    ['a hash in steps', 'H/15 H(8-17) H * *', '*/15 8 1 * *'],
    ['a hash in steps of a range', 'H(5-30)/10 * * * *', '5-30/10 * * * *'],
    ['? for a time', '? ?/2 * * *', '* */2 * * *'],
    ['? in a list', '0 0 1,? * *', '0 0 1,* * *'],
    ['several of these at once', '5/15 22-2 * * MONDAY', '5-59/15 22-23,0-2 * * MON'],
    ['@every', '@every 5m', 'every({ minutes: 5 })'],
    ['@every of two units', '@every 1h30m', 'every({ hours: 1, minutes: 30 })'],
    ['@every in milliseconds', '@every 500ms', 'every({ milliseconds: 500 })'],
    ['a period in words', '5 minutes', 'every({ minutes: 5 })'],
    ['a period in more words', 'every 2 hours and 30 seconds', 'every({ hours: 2, seconds: 30 })'],
    ['a period of one', 'every hour', 'every({ hours: 1 })'],
    ['weeks', '2 weeks', 'every({ days: 14 })'],
    ['months', 'every month', '@monthly'],
    ['years', '1 year', '@yearly'],
    ['a nickname of others', '@minutely', '* * * * *'],
    ['a nickname for a quarter', '@quarterly', '0 0 1 1,4,7,10 *'],
    ['a zone before the pattern', 'CRON_TZ=Europe/Berlin 30 6 * * MON', '30 6 * * MON'],
    ['a rate', 'rate(5 minutes)', 'every({ minutes: 5 })'],
    ['a start', '@reboot', 'schedule: null'],
    ['an EventBridge day', '0 10 * * ? *', '0 10 * * *'],
    ['EventBridge weekdays', '0 10 ? * 2-6 *', '0 10 * * MON-FRI'],
    ['our own pattern in a call', 'cron(0 10 * * MON)', '0 10 * * MON'],
    ['an EventBridge expression', 'cron(15 12 ? * 6L *)', '15 12 * * FRIL'],
    ['Quartz weekdays', '0 0 12 ? * 2-6', '0 0 12 * * MON-FRI'],
    ['days before the last in Quartz', '0 0 9 L-3 2 ? *', '0 0 9 25 2 *'],
    ['90 minutes in EventBridge', '0/90 * * * ? *', 'every({ minutes: 90 })'],
    ['a Quartz year', '0 0 12 ? * FRI#2 *', '0 0 12 * * FRI#2'],
    ['counted weekdays beside ?', '0 12 ? * 2-6', '0 12 * * MON-FRI'],
    ['a weekday beside ? that Quartz has not', '0 12 ? * 0', '0 12 * * 0'],
  ])('%s: %s', (_, pattern, replacement) => {
    expect(refusalOf(pattern)?.suggestion).toBe(replacement)
    if (/^[@\d*]/.test(replacement)) for (const each of replacement.split(' and ')) expect(refusalOf(each)).toBeNull()
  })

  it.each([
    ['a single year', '0 10 1 1 ? 2027', 'dialect: \'eventbridge\' and "*" as the year'],
    ['years', '0 0 12 1 1 ? 2027-2029', 'dialect: \'quartz\' and "*" as the year'],
    ['a fraction', '1.5 hours', '5 fields'],
    ['nothing at all', '0 minutes', '5 fields'],
    ['a period that is too short for every()', '@every 99ms', '5 fields'],
    ['a period that is too long for every()', '36526 days', '5 fields'],
    ['words that are no period', 'every now and then', '5 fields'],
    ['the 28th day before the last', '0 0 L-28 * *', 'L for the last day'],
  ])('%s is refused without one: %s', (_, pattern, expected) => {
    expect(refusalOf(pattern)).toEqual({ expected: expect.stringContaining(expected), suggestion: null })
  })

  it('the replacement of any refused pattern is accepted', () => {
    const part = fc.stringMatching(/^([*?]|H|\d{1,2}|[A-Z]{3}|MONDAY|JUNE)(-(\d{1,2}|TUE|FEB))?(\/\d{1,2})?$/)
    const field = fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(','))
    const texts = fc.array(field, { minLength: 5, maxLength: 7 }).map((fields) => fields.join(' '))
    fc.assert(
      fc.property(texts, (text) => {
        const suggestion = refusalOf(text)?.suggestion ?? null
        if (suggestion !== null && !suggestion.startsWith('every(')) expect(refusalOf(suggestion)).toBeNull()
        if (suggestion?.startsWith('every(')) expect(() => called(suggestion)).not.toThrow()
      }),
      { numRuns: 3_000 },
    )
  })

  it('three patterns for L-3 are due on the fourth day from the end of every month', () => {
    const patterns = (refusalOf('0 0 L-3 * *')?.suggestion ?? '').split(' and ')
    const year = { from: Date.UTC(2026, 0, 1) - 1, to: Date.UTC(2027, 0, 1) - 1 }
    for (let month = 0; month < 12; month++) {
      const day = Date.UTC(2026, month + 1, 0) - 3 * 86_400_000
      expect(patterns.filter((pattern) => nextDueAt(cron(pattern), day - 1) === day)).toHaveLength(1)
    }
    const due = patterns.map((pattern) => countDue(cron(pattern), year.from, year.to))
    expect(due.reduce((sum, each) => sum + each)).toBe(12)
  })

  it('a pattern that would be too long with its replacements is refused without one', () => {
    const steps = (count: number) => `${Array.from({ length: count }, () => '5/15').join(',')} * * * *`
    expect(refusalOf(steps(60))?.suggestion).toMatch(/^5-59\/15,/)
    expect(refusalOf(steps(90))?.suggestion).toBeNull()
  })

  it.each([
    ['*/90 * * * *', 5_400_000],
    ['@every 1h30m', 5_400_000],
    ['@every 100ms', 100],
    ['every 2 hours and 30 seconds', 7_230_000],
    ['36525 days', 3_155_760_000_000],
  ])('every() takes what is suggested for %s', (pattern, periodMs) => {
    expect(called(refusalOf(pattern)?.suggestion ?? '').periodMs).toBe(periodMs)
  })
})

describe('a pattern of a dialect that is named', () => {
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html and
  // https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
  it.each([
    ['eventbridge', '0 10 * * ? *', '0 10 * * *'],
    ['eventbridge', 'cron(0 18 ? * MON-FRI *)', '0 18 * * MON-FRI'],
    ['eventbridge', '0/10 * ? * 2-6 *', '*/10 * * * MON-FRI'],
    ['eventbridge', '15 12 L * ? *', '15 12 L * *'],
    ['eventbridge', '0 9 ? * 2#1 *', '0 9 * * MON#1'],
    ['eventbridge', '30 11 ? * 6L *', '30 11 * * FRIL'],
    ['quartz', '0 0 12 * * ?', '0 0 12 * * *'],
    ['quartz', '0 15 10 ? * 2-6', '0 15 10 * * MON-FRI'],
    ['quartz', '0 0/5 14,18 * * ? *', '0 */5 14,18 * * *'],
    ['quartz', '0 10,44 14 ? 3 WED', '0 10,44 14 * 3 WED'],
    ['quartz', '0 15 10 15W * ?', '0 15 10 15W * *'],
    ['quartz', '0 15 10 ? * 6#3', '0 15 10 * * FRI#3'],
    ['quartz', '0 0 12 ? * L', '0 0 12 * * SAT'],
    ['quartz', '0 0 12 ? * 1-1', '0 0 12 * * SUN'],
    ['quartz', '0 0 12 ? * 7-1', '0 0 12 * * SAT-SUN'],
    ['quartz', '0 0 12 ? * 6-2', '0 0 12 * * FRI-SAT,SUN-MON'],
    ['quartz', '0 0 12 1/5 * ?', '0 0 12 1-31/5 * *'],
  ] as const)('%s: %s is %s', (dialect, pattern, ours) => {
    expect(cron(pattern, { dialect })).toEqual(cron(ours))
  })

  it.each([
    ['eventbridge', '0 10 * * *', "EventBridge's 6 fields"],
    ['eventbridge', '0 10 * * * *', '"?" in exactly one day field'],
    ['eventbridge', '0 10 ? * ? *', '"?" in exactly one day field'],
    ['eventbridge', '0 10 * * ? 2027', '"*" as the year'],
    ['eventbridge', '0 10 ? * 8 *', 'weekdays from 1 for Sunday'],
    ['quartz', '@daily', "Quartz's 6 fields"],
    ['quartz', '0 0 12 ? * 0', 'weekdays from 1 for Sunday'],
    ['quartz', '0 60 12 ? * 1', '0-59'],
    ['crontab', '0 0 * * *', '"quartz" or "eventbridge"'],
  ])('%s: %s is refused', (dialect, pattern, expected) => {
    expect(refusalOf(pattern, { dialect })).toMatchObject({ expected: expect.stringContaining(expected) })
  })
})

/** The schedule that a suggested call of `every` makes. */
function called(suggestion: string) {
  const parts = [...suggestion.matchAll(/(\w+): (\d+)/g)].map(([, unit = '', count]) => [unit, Number(count)] as const)
  return every(Object.fromEntries(parts))
}

function refusalOf(pattern: string, options: object = {}) {
  try {
    cron(pattern, options)
    return null
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
    const { expected, suggestion = null } = error.details
    return { expected, suggestion }
  }
}

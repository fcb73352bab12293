import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { cron } from './cron.ts'
import { CRON_DIALECTS, type CronDialect } from './cron-dialect.ts'

describe('a pattern that the named dialect does not have', () => {
  it.each([
    ['without seconds', 'quartz', '0 12 ? * 2-6', '0 0 12 ? * 2-6'],
    ['of a crontab, by name', 'quartz', '0 0 * * MON-FRI', '0 0 0 ? * MON-FRI'],
    ['of a crontab', 'eventbridge', '0 10 * * *', '0 10 * * ? *'],
    ['without ?', 'quartz', '0 0 12 * * *', '0 0 12 * * ?'],
    ['without ? beside weekdays', 'quartz', '0 0 12 * * 2-6', '0 0 12 ? * 2-6'],
    ['without ? before a year', 'eventbridge', '0 10 * * * *', '0 10 * * ? *'],
    ['with ? twice', 'eventbridge', '0 10 ? * ? *', '0 10 * * ? *'],
    ['of EventBridge', 'quartz', '0 10 ? * 2-6 *', '0 0 10 ? * MON-FRI'],
    ['of EventBridge, daily', 'quartz', 'cron(0 10 * * ? *)', '0 0 10 * * ?'],
    ['of EventBridge, by count', 'quartz', '0 10 ? * 6#2 *', '0 0 10 ? * 6#2'],
    ['of Quartz', 'eventbridge', '0 0 12 ? * 6L', '0 12 ? * 6L *'],
    ['of Quartz with a year', 'eventbridge', '0 0 12 * * ? *', '0 12 * * ? *'],
    ['of a nickname', 'quartz', '@daily', '0 0 0 * * ?'],
    ['of a nickname', 'eventbridge', '@Monthly', '0 0 1 * ? *'],
    ['of a period', 'eventbridge', 'rate(5 minutes)', 'every({ minutes: 5 })'],
    ['of a period in words', 'quartz', 'every month', '0 0 0 1 * ?'],
    ['of a start', 'quartz', '@reboot', 'schedule: null'],
    ['with weekdays from 0', 'quartz', '0 0 12 ? * 0', '0 0 12 ? * SUN'],
    ['with weekdays from 0', 'eventbridge', '0 10 ? * 0-4,6 *', '0 10 ? * SUN-THU,SAT *'],
    [
      'with days before the last',
      'quartz',
      '0 0 9 L-3 * ?',
      '0 0 9 28 1,3,5,7,8,10,12 ? and 0 0 9 27 4,6,9,11 ? and 0 0 9 25 2 ?',
    ],
    ['with days before the last of a month', 'eventbridge', '0 9 L-3 FEB ? *', '0 9 25 2 ? *'],
    ['of a crontab with days before the last', 'eventbridge', '0 9 L-3 FEB *', '0 9 25 2 ? *'],
    ['of a crontab with 90 minutes', 'quartz', '0/90 * * * ?', 'every({ minutes: 90 })'],
    ['with 90 minutes', 'quartz', '0 */90 * * * ?', 'every({ minutes: 90 })'],
    ['with 48 hours', 'quartz', '0 0 0/48 * * ?', 'every({ hours: 48 })'],
    ['with 40 days', 'eventbridge', '0 0 1/40 * ? *', 'every({ days: 40 })'],
    ['with a step beyond its field', 'quartz', '0 0/90 12 ? * 2', '0 0 12 ? * MON'],
    ["with Jenkins' H", 'quartz', '0 H 12 ? * 2', '0 0 12 ? * MON'],
    ['with ? for a time', 'quartz', '0 ? 12 ? * 2', '0 * 12 ? * MON'],
    ['with ? in a list', 'eventbridge', '0 12 1,? * ? *', '0 12 1,* * ? *'],
  ] as const)('is refused with one that it has, %s: %s %s', (_, dialect, pattern, replacement) => {
    const { suggestion } = refusalOf(pattern, dialect)
    expect(suggestion).toBe(replacement)
    expectTaken(suggestion, dialect)
  })

  it.each([
    ['a year', 'eventbridge', '0 10 * * ? 2027', '"*" as the year'],
    ['both day fields', 'quartz', '0 0 12 13 * 6', '"?" in exactly one day field'],
    ['weekdays by number in a crontab', 'quartz', '0 12 * * 2-6', "Quartz's 6 fields"],
    ['seconds', 'eventbridge', '30 0 12 * * ?', '"*" as the year'],
    ['an eighth day', 'quartz', '0 0 12 ? * 2-8', 'weekdays from 1 for Sunday'],
    ['a word', 'quartz', 'noon', "Quartz's 6 fields"],
  ] as const)('is refused without one for %s: %s %s', (_, dialect, pattern, expected) => {
    expect(refusalOf(pattern, dialect)).toMatchObject({
      path: 'cron',
      expected: expect.stringContaining(expected),
      received: JSON.stringify(pattern),
      suggestion: null,
    })
  })

  it.each([
    ['quartz', '0 0 22-2/0 * * ?', 'cron (hour)', '"22-2/0"', '0-23'],
    ['quartz', '0 60 12 ? * 1', 'cron (minute)', '"60"', '0-59'],
    ['quartz', '0 0 12 ? * 2#6', 'cron (day of week)', '"2#6"', '1-7 from Sunday on'],
    ['eventbridge', 'cron(0 25 * * ? *)', 'cron (hour)', '"25"', '0-23'],
    ['quartz', '0 0 0 31 2 ?', 'cron', '"0 0 0 31 2 ?"', 'a day that some year has'],
  ] as const)('is refused in its own terms, %s: %s', (dialect, pattern, path, received, expected) => {
    expect(refusalOf(pattern, dialect)).toMatchObject({ path, received, expected: expect.stringContaining(expected) })
  })

  it('is not looked at when it is too long', () => {
    expect(refusalOf(`0 0 12 ? * ${'MON,'.repeat(150)}TUE`, 'quartz').expected).toBe('at most 512 characters')
    const list = Array.from({ length: 101 }, () => '22-2').join(',')
    expect(refusalOf(`0 0 ${list} * * ?`, 'quartz').expected).toBe('at most 512 characters')
    expect(refusalOf(`0 0 ${list.slice(0, 49)} * * ?`, 'quartz').expected).toBeNull()
  })

  it('is replaced by nothing that is refused again, whatever it is', () => {
    const part = fc.stringMatching(/^([*?]|H|L|L-3|\d{1,2}|[A-Z]{3}|MONDAY|JUNE)(-(\d{1,2}|TUE|FEB))?(\/\d{1,2})?$/)
    const field = fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(','))
    const plain = fc.constantFrom('*', '?', '0', '12', '2-6', 'MON')
    const texts = fc.array(fc.oneof(field, plain), { minLength: 5, maxLength: 7 }).map((fields) => fields.join(' '))
    fc.assert(
      fc.property(texts, fc.constantFrom(...CRON_DIALECTS), (text, dialect) => {
        expectTaken(refusalOf(text, dialect).suggestion, dialect)
      }),
      { numRuns: 3_000 },
    )
  })
})

function expectTaken(suggestion: string | null, dialect: CronDialect): void {
  if (suggestion === null || /^(?:every\(|schedule:)/.test(suggestion)) return
  for (const each of suggestion.split(' and ')) expect(refusalOf(each, dialect), each).toMatchObject({ expected: null })
}

/** All `null` for a pattern that is taken. */
function refusalOf(pattern: string, dialect: CronDialect) {
  try {
    cron(pattern, { dialect })
    return { path: null, expected: null, received: null, suggestion: null }
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
    const { path, expected, received, suggestion = null } = error.details
    return { path, expected, received, suggestion }
  }
}

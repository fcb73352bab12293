import { describe, expect, it } from 'vitest'

import { cronInWords } from './cron-words.ts'

describe('a cron pattern in words', () => {
  it.each([
    ['* * * * *', 'every 1 min'],
    ['*/5 * * * *', 'every 5 min'],
    ['0 */5 * * * *', 'every 5 min'],
    ['7 * * * *', 'hourly at :07'],
    ['30 2 * * *', 'daily at 02:30'],
    ['0 7 * * 1-5', 'at 07:00, Mon to Fri'],
    ['0 7,19 * * 1,3', 'at 07:00, 19:00, Mon, Wed'],
    ['*/10 9-17 * * 1-5', 'every 10 min from 09:00 to 17:59, Mon to Fri'],
    ['0 9-17 * * *', 'hourly at :00 from 09:00 to 17:59'],
    ['0 4 1 * *', 'at 04:00, on day 1 of each month'],
    ['0 4 * * 6,0', 'at 04:00, Sat and Sun'],
    ['@hourly', 'hourly at :00'],
    ['@Daily', 'daily at 00:00'],
    ['@weekly', 'at 00:00, Sun'],
    ['@monthly', 'at 00:00, on day 1 of each month'],
  ])('%s: %s', (pattern, words) => {
    expect(cronInWords(pattern)).toBe(words)
  })

  it.each([
    '0 4 L * *',
    '*/7 * * * *',
    '0 0 1 1 *',
    '5 4 * * 5#2',
    '30 0 4 * * *',
    'nonsense',
    '0 0 1 * 1',
    '0 0 */2 * 1',
    '@yearly',
  ])('is not guessed: %s', (pattern) => {
    expect(cronInWords(pattern)).toBeNull()
  })
})

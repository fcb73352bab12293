import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { namesInIcu } from '../../../../tools/repo/zones/icu-names.ts'
import { isSchedulerError } from '../errors.ts'
import { cron } from './cron.ts'
import { excludeDates } from './exclusion-calendar.ts'
import { FOREIGN_ZONES } from './foreign-zones.ts'
import { parseSchedule } from './parse-schedule.ts'
import { checkTimezone } from './zone.ts'

function refusalOf(use: () => unknown): { path: string; expected: string; suggestion: string | null } {
  try {
    use()
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
    const { path, expected, suggestion = null } = error.details
    return { path, expected, suggestion }
  }
  throw new TypeError('It was accepted.')
}

const suggestionFor = (name: string) => refusalOf(() => checkTimezone(name, 'timezone')).suggestion

describe('the names of zones', () => {
  const iana = readFileSync(new URL('../../../../tools/repo/zones/iana-names.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const refused = FOREIGN_ZONES.trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')

  it("are IANA's: what only ICU takes is refused, whatever ICU this Node has", () => {
    const known = new Set(iana.map((name) => name.toLowerCase()))
    const foreign = namesInIcu().filter((name) => !known.has(name.toLowerCase()))
    // When this fails, ICU has a new name of its own: run tools/repo/zone-names.ts.
    expect(foreign.filter((name) => !refused.includes(name))).toEqual([])
    expect(refused).toHaveLength(40)
    for (const name of [...refused, 'bst', 'systemv/pst8']) {
      expect(() => checkTimezone(name, 'timezone'), name).toThrow('Did you mean')
    }
  })

  it('include the links that IANA keeps for old names, as far as this platform has them', () => {
    const absent = iana.filter((name) => {
      try {
        return checkTimezone(name, 'timezone') !== name
      } catch {
        return true
      }
    })
    // The newest names are absent where the platform's data are older.
    expect(absent.length).toBeLessThan(5)
    for (const name of ['EST', 'CET', 'GB', 'PRC', 'US/Eastern', 'Asia/Calcutta', 'Etc/GMT+5']) {
      expect(checkTimezone(name, 'timezone')).toBe(name)
    }
  })
})

describe('a name that is no zone', () => {
  it('of ICU alone is refused with the zone that is meant, and with what it would have become', () => {
    expect(refusalOf(() => checkTimezone('BST', 'timezone'))).toEqual({
      path: 'timezone',
      expected: 'an IANA time zone such as Europe/London; BST is none, and read as Asia/Dhaka by ICU',
      suggestion: 'Europe/London',
    })
    expect([suggestionFor('AST'), suggestionFor('art')]).toEqual(['America/Halifax', 'America/Argentina/Buenos_Aires'])
    expect(refusalOf(() => checkTimezone('JST', 'timezone')).expected).toContain('only an old name in ICU')
  })

  it('is refused wherever a zone is taken', () => {
    const refusals = [
      refusalOf(() => cron('0 9 * * *', { timezone: 'BST' })),
      refusalOf(() => excludeDates({ timezone: 'BST', dates: [] })),
      refusalOf(() => parseSchedule({ kind: 'cron', pattern: '0 9 * * *', timezone: 'BST' }, 'schedule')),
    ]
    expect(refusals.map(({ path, suggestion }) => [path, suggestion])).toEqual([
      ['cron.timezone', 'Europe/London'],
      ['excludeDates.timezone', 'Europe/London'],
      ['schedule.timezone', 'Europe/London'],
    ])
  })

  it.each([
    ['Kyiv', 'Europe/Kyiv'],
    ['Kiev', 'Europe/Kyiv'],
    ['Beijing', 'Asia/Shanghai'],
    ['Asia/Beijing', 'Asia/Shanghai'],
    ['Washington', 'America/New_York'],
    ['Washington, D.C.', 'America/New_York'],
    ['Eastern', 'America/New_York'],
    ['Eastern Standard Time', 'America/New_York'],
    ['Pacific Time', 'America/Los_Angeles'],
    ['san francisco', 'America/Los_Angeles'],
    ['Europe/Munich', 'Europe/Berlin'],
    ['Zürich', 'Europe/Zurich'],
    ['Mexico City', 'America/Mexico_City'],
    ['Germany', 'Europe/Berlin'],
    ['South Korea', 'Asia/Seoul'],
    ['Korea', 'Asia/Seoul'],
    ['US Virgin Islands', 'America/St_Thomas'],
    ['US', 'America/New_York'],
    ['UK', 'Europe/London'],
    ['Burma', 'Asia/Yangon'],
    ['Brazil', 'America/Sao_Paulo'],
    ['India', 'Asia/Kolkata'],
    ['CEST', 'Europe/Berlin'],
    ['EDT', 'America/New_York'],
    ['Europe/Berln', 'Europe/Berlin'],
    ['Berln', 'Europe/Berlin'],
    ['Lodnon', 'Europe/London'],
    ['Europe/Kiew', 'Europe/Kyiv'],
    ['GST', 'Asia/Dubai'],
    ['ICT', 'Asia/Bangkok'],
    ['CLT', 'America/Santiago'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Central America Standard Time', 'America/Guatemala'],
    ['New Jersey', 'America/New_York'],
    ['Köln', 'Europe/Berlin'],
    ['UTC+1', 'Etc/GMT-1'],
    ['GMT-5', 'Etc/GMT+5'],
    ['+00:00', 'UTC'],
  ])('%s suggests %s', (name, zone) => {
    expect(suggestionFor(name)).toBe(zone)
  })

  it.each(['South', 'North', 'Dutch', 'Rep.'])(
    'a word that several countries have before their names suggests none: %s',
    (name) => {
      expect(suggestionFor(name)).toBeNull()
    },
  )

  it.each(['GXT', 'ECST', 'America', 'Asia', 'None', 'server'])(
    'suggests nothing that only its letters are near to: %s',
    (name) => {
      expect(suggestionFor(name)).toBeNull()
    },
  )

  it('far from every place suggests nothing', () => {
    for (const name of ['Mars/Olympus Mons', '+05:30', 'UTC+15', '', '///', 'x'.repeat(70)]) {
      expect(suggestionFor(name), name).toBeNull()
    }
  })
})

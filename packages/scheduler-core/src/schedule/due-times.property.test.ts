import { Cron } from 'croner'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { cron } from './cron.ts'
import { every } from './every.ts'
import { countDue, nextDueAt, previousDueAt } from './next-due.ts'
import type { Schedule } from './schedule.ts'

const timezones = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Apia'],
  ...Intl.supportedValuesOf('timeZone'),
)

const instants = fc.integer({ min: Date.UTC(1850, 0, 1), max: Date.UTC(2150, 0, 1) })

/** Near the changes of Berlin's clocks in 2026, give or take a day. */
const nearChanges = fc
  .tuple(fc.constantFrom(Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)), fc.integer({ min: -864e5, max: 864e5 }))
  .map(([change, distance]) => change + distance)

const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(patterns(), timezones).map(([pattern, timezone]) => tryCron(pattern, timezone)) },
  {
    weight: 1,
    arbitrary: fc
      .record({ milliseconds: fc.integer({ min: 100, max: 1e10 }), anchorAt: instants })
      .map((options) => every(options)),
  },
)

describe('for every schedule and instant', () => {
  it('the next due time is later, the previous is earlier, and they are each other inverted', () => {
    check(schedules, fc.oneof(instants, nearChanges), (schedule, at) => {
      const next = nextDueAt(schedule, at)
      const previous = previousDueAt(schedule, at)
      if (next === null || previous === null) return
      expect(next).toBeGreaterThan(at)
      expect(previous).toBeLessThan(at)
      const from = nextDueAt(schedule, previous)
      expect(from === at || from === next).toBe(true)
      expect(previousDueAt(schedule, next)).toBe(from === at ? at : previous)
    })
  })

  it('every instant up to the next due time has the same next', () => {
    check(
      schedules,
      fc.tuple(fc.oneof(instants, nearChanges), fc.double({ min: 0, max: 1, noNaN: true })),
      (schedule, [at, part]) => {
        const next = nextDueAt(schedule, at)
        if (next === null) return
        const between = at + Math.floor((next - 1 - at) * part)
        expect(nextDueAt(schedule, between)).toBe(next)
        expect(countDue(schedule, at, between)).toBe(0)
        expect(countDue(schedule, at, next)).toBe(1)
      },
    )
  })

  it('counting agrees with enumerating, and adds up', () => {
    check(
      schedules,
      fc.tuple(fc.oneof(instants, nearChanges), fc.integer({ min: 1, max: 300 })),
      (schedule, [after, count]) => {
        const dues: number[] = []
        for (let due = nextDueAt(schedule, after); due !== null && dues.length < count; due = nextDueAt(schedule, due))
          dues.push(due)
        const last = dues.at(-1)
        if (last === undefined) return
        const middle = dues[dues.length >> 1] ?? last
        expect(countDue(schedule, after, last)).toBe(dues.length)
        expect(countDue(schedule, after, middle) + countDue(schedule, middle, last)).toBe(dues.length)
        expect(countDue(schedule, after, last - 1)).toBe(dues.length - 1)
        expect(countDue(schedule, last, after)).toBe(0)
      },
    )
  })
})

it('in UTC, croner finds the same due times, before and after', () => {
  fc.assert(
    fc.property(patterns(), instants, (pattern, at) => {
      const schedule = tryCron(pattern, 'UTC')
      if (schedule.kind !== 'cron') return
      const croner = new Cron(inCroner(pattern), { utcOffset: 0, mode: '5-or-6-parts' })
      expect(nextDueAt(schedule, at)).toBe(croner.nextRun(new Date(at))?.getTime())
      expect(previousDueAt(schedule, at)).toBe(croner.previousRuns(1, new Date(at))[0]?.getTime())
    }),
    { numRuns: 1_000 },
  )
})

/** Croner joins the day fields by OR unless one is just `*`; its `+` demands both. */
function inCroner(pattern: string): string {
  const fields = pattern.split(' ')
  const [date = '', weekday = ''] = [fields.at(-3), fields.at(-1)]
  if (date === '*' || weekday === '*' || weekday.startsWith('+')) return pattern
  const both = date.startsWith('*') || weekday.startsWith('*')
  return both ? [...fields.slice(0, -1), `+${weekday}`].join(' ') : pattern
}

it('any text is accepted as a pattern or refused with INVALID_OPTIONS', () => {
  const texts = fc.oneof(
    fc.string(),
    fc
      .array(fc.string({ unit: fc.constantFrom(...'0123456789*/-,LW#?+@H() ') }), { minLength: 5, maxLength: 7 })
      .map((fields) => fields.join(' ')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      try {
        expect(nextDueAt(cron(text), 0)).toBeGreaterThan(0)
      } catch (error) {
        expect(isSchedulerError(error, 'INVALID_OPTIONS')).toBe(true)
      }
    }),
    { numRuns: 2_000 },
  )
})

function check<T>(one: fc.Arbitrary<Schedule>, other: fc.Arbitrary<T>, holds: (schedule: Schedule, other: T) => void) {
  fc.assert(fc.property(one, other, holds), { numRuns: 400 })
}

/** A made-up pattern may name a day that never comes; then the job is an hourly one. */
function tryCron(pattern: string, timezone: string): Schedule {
  try {
    return cron(pattern, { timezone })
  } catch {
    return every({ hours: 1 })
  }
}

function patterns(): fc.Arbitrary<string> {
  const days = fc.oneof(
    { weight: 3, arbitrary: field(1, 31) },
    { weight: 1, arbitrary: fc.constantFrom('L', 'LW', '15W', '31W', '1W', 'L,1') },
  )
  const weekdays = fc.oneof(
    { weight: 3, arbitrary: field(0, 7) },
    { weight: 1, arbitrary: fc.constantFrom('5#2', '1L', 'MON-FRI', '+1-3', '0#5', '2#1,4L') },
  )
  const five = fc.tuple(field(0, 59), field(0, 23), days, field(1, 12), weekdays)
  const seconds = fc.option(field(0, 59), { nil: undefined })
  return fc.tuple(seconds, five).map(([second, rest]) => [...(second === undefined ? [] : [second]), ...rest].join(' '))
}

function field(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.integer({ min, max })
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`)
  const step = fc.integer({ min: 1, max: Math.floor((max - min) / 2) + 1 })
  const part = fc.oneof(
    value.map(String),
    range,
    fc.tuple(range, step).map(([within, by]) => `${within}/${by}`),
  )
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    { weight: 2, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(',')) },
    { weight: 1, arbitrary: step.map((by) => `*/${by}`) },
  )
}

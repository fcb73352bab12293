import type { Instant } from '@pm/scheduler-core'
import { describe, expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { updateDueBy } from './due-by.ts'
import { defineFreshness, type FreshnessRule } from './freshness-rule.ts'
import { type FeedFreshness, type FeedTimes, judgeFreshness } from './judge-freshness.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const XNYS = exchangeCalendar('XNYS')
const EVERY_15 = defineFreshness({ calendar: XNYS, every: 15 * MINUTE, graceMs: 5 * MINUTE })
const DAILY = defineFreshness({ calendar: XNYS, every: 'trading-day', graceMs: 30 * MINUTE, expiresAfter: 3 })

/** Tuesday, 16 September 2025, and the days around it, by the clocks of New York. */
function newYork(time: string, date = 16): number {
  return Date.parse(`2025-09-${date}T${time}-04:00`)
}

type Case = readonly [what: string, event: number, now: number, outcome: string, expectedBy: number | null]

/** `status: reason`, as one reads it aloud. */
function outcomeOf({ status, reason }: FeedFreshness): string {
  return `${status}: ${reason}`
}

describe('a price that is expected every 15 minutes, up to 5 minutes late', () => {
  const CASES: readonly Case[] = [
    ['of a minute ago', newYork('11:00'), newYork('11:01'), 'fresh: on_time', newYork('11:20')],
    ['of 20 minutes ago, at the last moment', newYork('11:00'), newYork('11:20'), 'fresh: on_time', newYork('11:20')],
    ['of just over 20 minutes ago', newYork('11:00'), newYork('11:20') + 1, 'stale: late', newYork('11:20')],
    ['of 65 minutes ago, four updates missed', newYork('11:00'), newYork('12:05'), 'stale: late', newYork('11:20')],
    ['of 66 minutes ago', newYork('11:00'), newYork('12:06'), 'expired: late', newYork('11:20')],
    ['of the close, at night', newYork('16:00'), newYork('23:00'), 'market_closed: last_close', newYork('09:50', 17)],
    [
      'of the close, at the opening',
      newYork('16:00'),
      newYork('09:49', 17),
      'stale: no_price_yet',
      newYork('09:50', 17),
    ],
    ['of the close, later', newYork('16:00'), newYork('09:51', 17), 'stale: late', newYork('09:50', 17)],
    [
      'of 15:45, just after the close',
      newYork('15:45'),
      newYork('16:03'),
      'market_closed: close_pending',
      newYork('16:05'),
    ],
    ['of 15:45, in the night', newYork('15:45'), newYork('23:00'), 'stale: close_missing', newYork('16:05')],
    ['of the afternoon, in the night', newYork('15:30'), newYork('23:00'), 'stale: close_missing', newYork('15:50')],
    [
      'of noon: too late even for the night',
      newYork('12:00'),
      newYork('23:00'),
      'expired: close_missing',
      newYork('12:20'),
    ],
    [
      'of Friday’s close, on Sunday',
      newYork('16:00', 19),
      newYork('12:00', 21),
      'market_closed: last_close',
      newYork('09:50', 22),
    ],
    [
      'of Thursday’s close, on Sunday',
      newYork('16:00', 18),
      newYork('12:00', 21),
      'expired: late',
      newYork('09:50', 19),
    ],
    ['of before the opening', newYork('08:00'), newYork('09:31'), 'stale: no_price_yet', newYork('09:50')],
    [
      'of ten years ago',
      Date.UTC(2015, 4, 11, 20),
      newYork('11:00'),
      'expired: late',
      Date.parse('2015-05-12T09:50-04:00'),
    ],
  ]
  test.each(CASES)('%s', (_what, eventAt, asOf, outcome, expectedBy) => {
    const judged = judgeFreshness({ eventAt, changedAt: eventAt }, { asOf, rule: EVERY_15 })
    expect({ outcome: outcomeOf(judged), expectedBy: judged.expectedBy, ageMs: judged.ageMs }).toEqual({
      outcome,
      expectedBy,
      ageMs: asOf - eventAt,
    })
  })

  test('that never came is unknown, and so is one with a time in the future, instead of zero seconds old', () => {
    const asOf = newYork('11:00')
    const unknown = { status: 'unknown', expectedBy: null, ageMs: null }
    const never = { eventAt: null, changedAt: null }
    const reasons = [
      never,
      { ...never, askedAt: null },
      { ...never, askedAt: asOf, attempts: [attempt('UNKNOWN_SYMBOL'), attempt('TIMEOUT')] },
      { ...never, askedAt: asOf, attempts: [attempt('UNKNOWN_SYMBOL'), attempt('UNKNOWN_SYMBOL')] },
      { ...never, askedAt: asOf, attempts: [attempt('DELISTED'), attempt('UNKNOWN_SYMBOL')] },
      { eventAt: asOf + MINUTE + 1, changedAt: asOf },
    ].map((times) => {
      const { reason, ...judged } = judgeFreshness(times, { asOf, rule: EVERY_15 })
      expect(judged).toEqual(unknown)
      return reason
    })
    expect(reasons).toEqual([
      'never_answered',
      'never_asked',
      'never_answered',
      'unknown_symbol',
      'delisted',
      'time_in_future',
    ])
  })

  test('from a clock that is a little ahead of ours is fresh, with age 0', () => {
    const asOf = newYork('11:00')
    const judged = judgeFreshness({ eventAt: asOf + MINUTE, changedAt: asOf }, { asOf, rule: EVERY_15 })
    expect(judged).toEqual({ status: 'fresh', reason: 'on_time', expectedBy: newYork('11:20'), ageMs: 0 })
  })
})

describe('asked and answered are one question, whether the market moved is another', () => {
  const judge = (times: Partial<FeedTimes> & { readonly eventAt: number }, asOf: number, rule = EVERY_15) =>
    outcomeOf(judgeFreshness({ changedAt: null, ...times }, { asOf, rule }))

  test('thin trading is fresh while the provider answers in time', () => {
    const eventAt = newYork('10:00')
    expect(judge({ eventAt, fetchedAt: newYork('13:00') }, newYork('13:10'))).toBe('fresh: no_newer_trade')
    const quiet = defineFreshness({ calendar: XNYS, every: 15 * MINUTE, graceMs: 5 * MINUTE, quietAfter: 4 })
    expect(judge({ eventAt, fetchedAt: newYork('13:00') }, newYork('13:10'), quiet)).toBe('stale: market_quiet')
  })

  test('a price that was confirmed is as late as its last confirmation', () => {
    const times = { eventAt: newYork('10:00'), fetchedAt: newYork('13:00') }
    expect(judge(times, newYork('13:21'))).toBe('stale: late')
    expect(judge(times, newYork('14:06'))).toBe('expired: late')
  })

  test('a late price tells whether anybody was asked, and what they said', () => {
    const eventAt = newYork('10:00')
    const asOf = newYork('10:45')
    const times = { eventAt, fetchedAt: newYork('10:00') }
    expect(judge({ ...times, askedAt: newYork('10:00') }, asOf)).toBe('stale: not_asked')
    expect(judge({ ...times, askedAt: newYork('10:30'), attempts: [attempt('TIMEOUT')] }, asOf)).toBe(
      'stale: not_answered',
    )
    expect(judge({ ...times, askedAt: newYork('10:30'), attempts: [attempt('UNKNOWN_SYMBOL')] }, asOf)).toBe(
      'stale: unknown_symbol',
    )
  })

  test('a price of yesterday is not fresh, whoever answers; after several sessions it has expired', () => {
    const eventAt = newYork('15:58', 15)
    const answered = (asOf: number) => judge({ eventAt, fetchedAt: asOf - MINUTE }, asOf)
    expect(
      [newYork('09:40'), newYork('10:30'), newYork('23:00'), newYork('12:00', 19), newYork('17:00', 19)].map(answered),
    ).toEqual([
      'stale: no_price_yet',
      'stale: no_price_today',
      'stale: no_price_today',
      'stale: no_price_today',
      'expired: no_price_for_days',
    ])
  })

  test('what the provider says after the close is the close, as late as its delay; what it said before is not', () => {
    const night = newYork('23:00')
    const delayed = defineFreshness({ calendar: XNYS, every: 15 * MINUTE, delayMs: 15 * MINUTE })
    const eventAt = newYork('15:20')
    expect(judge({ eventAt, fetchedAt: newYork('16:01') }, night)).toBe('market_closed: last_close')
    expect(judge({ eventAt, fetchedAt: newYork('15:59') }, night)).toBe('stale: close_missing')
    expect(judge({ eventAt: newYork('15:47'), fetchedAt: newYork('16:02') }, night, delayed)).toBe(
      'stale: close_missing',
    )
    expect(judge({ eventAt: newYork('15:47'), fetchedAt: newYork('16:15') }, night, delayed)).toBe(
      'market_closed: last_close',
    )
  })

  test('a market that its provider tells to be closed is closed, if that was said in this session', () => {
    const closed = { eventAt: newYork('16:00', 15), marketState: 'closed' } as const
    expect(judge({ ...closed, fetchedAt: newYork('09:20') }, newYork('09:31'))).toBe('stale: no_price_yet')
    expect(judge({ ...closed, fetchedAt: newYork('09:45') }, newYork('09:50'))).toBe(
      'market_closed: provider_says_closed',
    )
    expect(judge({ ...closed, fetchedAt: newYork('09:45') }, newYork('12:00'))).toBe('expired: late')
    const ofLongAgo = { ...closed, eventAt: newYork('16:00', 12) - 7 * DAY, fetchedAt: newYork('09:45') }
    expect(judge(ofLongAgo, newYork('09:50'))).toBe('expired: no_price_for_days')
  })

  test('a market that is told to be closed in its break is not closed after it', () => {
    const tokyo = defineFreshness({ calendar: exchangeCalendar('XTKS'), every: 15 * MINUTE })
    const at = (time: string) => Date.parse(`2025-09-16T${time}+09:00`)
    const closed = { eventAt: at('11:30'), fetchedAt: at('12:25'), marketState: 'closed' } as const
    expect(judge(closed, at('12:26'), tokyo)).toBe('market_closed: break')
    expect(judge(closed, at('12:31'), tokyo)).toBe('fresh: on_time')
    expect(judge({ ...closed, fetchedAt: at('12:30') }, at('12:31'), tokyo)).toBe('market_closed: provider_says_closed')
  })
})

function attempt(code: string) {
  return { provider: 'yahoo', code, at: newYork('10:30') }
}

describe('a price that is expected once per trading day', () => {
  const CASES: readonly Case[] = [
    ['of yesterday, before the close', newYork('16:00', 15), newYork('15:00'), 'fresh: on_time', newYork('16:30')],
    [
      'of yesterday, just after the close',
      newYork('16:00', 15),
      newYork('16:30'),
      'market_closed: close_pending',
      newYork('16:30'),
    ],
    ['of yesterday, later', newYork('16:00', 15), newYork('16:31'), 'stale: late', newYork('16:30')],
    [
      'of today’s settlement before the close',
      newYork('14:30'),
      newYork('23:00'),
      'market_closed: last_close',
      newYork('16:30', 17),
    ],
    [
      'of today’s index, after the close',
      newYork('16:15'),
      newYork('23:00'),
      'market_closed: last_close',
      newYork('16:30', 17),
    ],
    ['of Friday, on Monday', newYork('16:00', 12), newYork('10:00', 15), 'fresh: on_time', newYork('16:30', 15)],
    ['of three trading days ago', newYork('16:00', 11), newYork('16:31'), 'expired: late', newYork('16:30', 12)],
  ]
  test.each(CASES)('%s', (_what, eventAt, asOf, outcome, expectedBy) => {
    const judged = judgeFreshness({ eventAt, changedAt: eventAt }, { asOf, rule: DAILY })
    expect([outcomeOf(judged), judged.expectedBy]).toEqual([outcome, expectedBy])
  })

  test('counts as answered only by an answer of after the close', () => {
    const at = (fetchedAt: number) =>
      outcomeOf(
        judgeFreshness(
          { eventAt: newYork('16:00', 15), changedAt: null, fetchedAt },
          { asOf: newYork('20:00'), rule: DAILY },
        ),
      )
    expect([newYork('10:00'), newYork('17:00')].map(at)).toEqual(['stale: late', 'stale: no_price_today'])
  })

  test('in a market that closes at noon is due by the end of the day', () => {
    const noon = defineFreshness({ ...DAILY, calendar: withRest(XNYS) })
    expect(updateDueBy(newYork('12:15'), 1, noon)).toBe(newYork('16:30', 17))
    expect(updateDueBy(newYork('16:00', 15), 1, noon)).toBe(newYork('16:30'))
  })
})

test('a break is not the close', () => {
  const rule = defineFreshness({ calendar: withRest(XNYS), every: 15 * MINUTE, graceMs: 5 * MINUTE })
  const at = (time: string) =>
    judgeFreshness(
      { eventAt: newYork('11:50'), changedAt: null, fetchedAt: newYork('11:55') },
      { asOf: newYork(time), rule },
    )
  expect(['12:10', '12:39', '12:46'].map((time) => outcomeOf(at(time)))).toEqual([
    'market_closed: break',
    'fresh: on_time',
    'stale: late',
  ])
})

test('a price with a new time and an unchanged value is stale when the rule sets frozenAfter', () => {
  const asOf = newYork('14:00')
  const times = { eventAt: asOf - MINUTE, changedAt: newYork('11:00') }
  const frozenAfter = (updates: number | null) =>
    outcomeOf(judgeFreshness(times, { asOf, rule: { ...EVERY_15, frozenAfter: updates } }))
  expect([null, 20, 4].map(frozenAfter)).toEqual(['fresh: on_time', 'fresh: on_time', 'stale: value_frozen'])
})

describe('a market with unknown hours', () => {
  const rule = defineFreshness({ calendar: null, every: 15 * MINUTE })

  test('never counts as always open: a price that may be overdue is unknown', () => {
    const outcome = (ageMs: number) =>
      outcomeOf(judgeFreshness({ eventAt: 1e12, changedAt: 1e12 }, { asOf: 1e12 + ageMs, rule }))
    expect([0, 20 * MINUTE, 30 * MINUTE, 30 * DAY].map(outcome)).toEqual([
      'fresh: on_time',
      'fresh: on_time',
      'unknown: hours_unknown',
      'unknown: hours_unknown',
    ])
    expect(rule.text).toBe('a price every 15 min while its market (hours unknown) is open, up to 7.5 min late')
  })

  test('is closed when its provider says so', () => {
    const asOf = 1e12 + DAY
    const times = { eventAt: 1e12, changedAt: null, fetchedAt: asOf - MINUTE, marketState: 'closed' } as const
    expect(outcomeOf(judgeFreshness(times, { asOf, rule }))).toBe('market_closed: provider_says_closed')
    const ofLongAgo = { ...times, eventAt: asOf - 22 * DAY }
    expect(outcomeOf(judgeFreshness(ofLongAgo, { asOf, rule }))).toBe('unknown: hours_unknown')
  })

  test('is what a calendar has outside the days that it knows', () => {
    const calendar = { ...XNYS, knowsAt: (at: Instant) => Number(at) < newYork('00:00', 17) }
    const known = defineFreshness({ calendar, every: 15 * MINUTE })
    const at = (asOf: number) =>
      outcomeOf(judgeFreshness({ eventAt: newYork('09:31'), changedAt: null }, { asOf, rule: known }))
    expect([newYork('18:00'), newYork('12:00', 17)].map(at)).toEqual([
      'expired: close_missing',
      'unknown: hours_unknown',
    ])
  })
})

test('currencies have a week and crypto has no close', () => {
  const on = (exchange: '24/5' | '24/7') =>
    defineFreshness({ calendar: exchangeCalendar(exchange), every: 15 * MINUTE, graceMs: 5 * MINUTE })
  const at = (rule: FreshnessRule, event: number, asOf: number) =>
    outcomeOf(judgeFreshness({ eventAt: event, changedAt: null }, { asOf, rule }))
  // 17:00 in New York is the end of a day of currencies, and the end of their week on Friday alone.
  expect(at(on('24/5'), newYork('16:58'), newYork('17:05'))).toBe('fresh: on_time')
  expect(at(on('24/5'), newYork('17:00', 19), newYork('17:05', 20))).toBe('market_closed: last_close')
  expect(at(on('24/5'), newYork('16:00', 19), newYork('17:05', 20))).toBe('stale: close_missing')
  expect(at(on('24/5'), newYork('17:00', 19), newYork('17:05', 21))).toBe('stale: no_price_yet')
  expect(at(on('24/7'), Date.UTC(2025, 8, 20, 23, 55), Date.UTC(2025, 8, 21, 0, 5))).toBe('fresh: on_time')
})

/** The same market with a break from 12:00 to 12:30. */
function withRest(calendar: TradingCalendar): TradingCalendar {
  const halves = (sessions: ReturnType<TradingCalendar['sessionsBetween']>) =>
    sessions.flatMap((session) => {
      const noon = session.opensAt + 2.5 * 60 * MINUTE
      return [
        { ...session, closesAt: noon },
        { ...session, opensAt: noon + 30 * MINUTE },
      ]
    })
  const sessionAt: TradingCalendar['sessionAt'] = (at) =>
    halves(calendar.sessionsBetween(at, Number(at) + 1)).find(
      (half) => half.opensAt <= Number(at) && Number(at) < half.closesAt,
    ) ?? null
  return {
    ...calendar,
    sessionAt,
    isOpen: (at) => sessionAt(at) !== null,
    sessionsBetween: (from, to) =>
      halves(calendar.sessionsBetween(Number(from) - DAY, Number(to) + DAY)).filter(
        (half) => half.closesAt > Number(from) && half.opensAt < Number(to),
      ),
    *sessionsFrom(at) {
      for (const session of calendar.sessionsFrom(at))
        yield* halves([session]).filter((half) => half.closesAt > Number(at))
    },
  }
}

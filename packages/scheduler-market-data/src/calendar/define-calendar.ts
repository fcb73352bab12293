import type { EpochMs, Instant } from '@pm/scheduler-core'
import { refuseOption, toEpochMs } from '@pm/scheduler-core/store'

import { createZone, type Zone } from '../time/zone.ts'
import type { CalendarDefinition, KnownDays } from './calendar-definition.ts'
import { checkDefinition } from './check-definition.ts'
import { addDays, type CalendarDay, isDay, startOfDay } from './days.ts'
import { createSessionAnswers } from './session-answers.ts'
import { createSessionTable } from './session-table.ts'
import type { TradingCalendar, TradingSession } from './trading-calendar.ts'

/**
 * Makes a calendar from a market's hours. Throws `INVALID_OPTIONS` for an invalid definition: its path, such as
 * `calendar.week[0].opens`, what it got, and what was expected.
 *
 * Create it once: it computes a year of sessions when it is first asked for, and keeps it. A rule of your own that returns
 * no day for a year is refused then, in the same way.
 *
 * @example defineCalendar({ name: 'XSIX', timezone: 'Europe/Zurich', source: 'the exchange', knows: { from:
 *   '2026-01-01', to: '2026-12-31' }, week: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '09:00', closes:
 *   '17:30' }], holidays: [holidayOnDate(8, 1), '2026-01-02'] })
 */
export function defineCalendar(definition: CalendarDefinition): TradingCalendar {
  checkDefinition(definition)
  const { name, timezone, source, checked = null, unknownDays = [] } = definition
  const zone = createZone(timezone, 'calendar.timezone')
  const sessions = createSessionTable(definition, zone)
  const answers = createSessionAnswers(sessions)
  const knows = Object.freeze({ from: definition.knows.from, to: definition.knows.to })
  const known = spanOf(knows, zone)
  const unknown = unknownDays.map((day) => spanOf({ from: day, to: day }, zone))

  function sessionsBetween(from: EpochMs, to: EpochMs): readonly TradingSession[] {
    const found: TradingSession[] = []
    for (const session of sessions.from(from)) {
      if (session.opensAt >= to) break
      found.push(session)
    }
    return found
  }

  return Object.freeze({
    ...{ name, timezone, source, checked, knows, knownUntil: known.until },
    knowsAt: asked('knowsAt', (at) => isWithin(at, known) && !unknown.some((day) => isWithin(at, day))),
    isOpen: asked('isOpen', (at) => answers.sessionUnderWay(at) !== null),
    phaseAt: asked('phaseAt', answers.phaseAt),
    sessionAt: asked('sessionAt', answers.sessionUnderWay),
    lastSession: asked('lastSession', answers.lastSession),
    isTradingDay: (day: CalendarDay) => answers.tradingDay(checkDay(day, 'isTradingDay')) !== null,
    tradingDay: (day: CalendarDay) => answers.tradingDay(checkDay(day, 'tradingDay')),
    tradingDayAt: asked('tradingDayAt', answers.tradingDayUnderWay),
    lastTradingDay: asked('lastTradingDay', answers.lastTradingDay),
    nextOpen: asked('nextOpen', answers.nextOpen),
    previousClose: asked('previousClose', answers.previousClose),
    sessionsFrom: asked('sessionsFrom', (at) => sessions.from(at)),
    sessionsBetween: (from: Instant, to: Instant) =>
      sessionsBetween(toEpochMs(from, 'sessionsBetween.from'), toEpochMs(to, 'sessionsBetween.to')),
    excludes: (dueAt: EpochMs) => answers.sessionUnderWay(dueAt) === null,
    excludedUntil: (dueAt: EpochMs) => answers.nextOpen(dueAt) ?? dueAt,
  })
}

interface Span {
  readonly from: EpochMs
  readonly until: EpochMs
}

function spanOf({ from, to }: KnownDays, zone: Zone): Span {
  return { from: zone.instantOf(startOfDay(from)), until: zone.instantOf(startOfDay(addDays(to, 1))) }
}

function isWithin(at: EpochMs, { from, until }: Span): boolean {
  return from <= at && at < until
}

function asked<T>(name: string, answer: (at: EpochMs) => T): (at: Instant) => T {
  return (at) => answer(toEpochMs(at, name))
}

function checkDay(day: CalendarDay, path: string): CalendarDay {
  return isDay(day) ? day : refuseOption({ path, value: day, expected: 'a date that exists, such as 2026-12-25' })
}

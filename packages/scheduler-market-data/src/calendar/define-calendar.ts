import type { EpochMs, Instant } from '@pm/scheduler-core'
import { toEpochMs } from '@pm/scheduler-core/store'

import { createZone } from '../time/zone.ts'
import { type CalendarDefinition, checkDefinition } from './calendar-definition.ts'
import { DAY_MS } from './days.ts'
import { createSessionTable } from './session-table.ts'
import type { TradingCalendar, TradingSession } from './trading-calendar.ts'

/**
 * Makes a calendar from a market's hours. Throws `INVALID_OPTIONS` for an invalid definition.
 *
 * @example defineCalendar({ name: 'XSIX', timezone: 'Europe/Zurich', source: 'the exchange, from 2024', week: [{ days:
 *   ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '09:00', closes: '17:30' }], holidays: [onDate(8, 1), '2026-01-02'], })
 */
export function defineCalendar(definition: CalendarDefinition): TradingCalendar {
  checkDefinition(definition)
  const zone = createZone(definition.timezone, 'calendar.timezone')
  const sessions = createSessionTable(definition, zone)

  function isOpenAt(at: EpochMs): boolean {
    const session = sessions.firstEndingAfter(at)
    return session !== undefined && session.opensAt <= at
  }

  function nextOpenAfter(at: EpochMs): EpochMs | null {
    let closedAt: EpochMs | null = null
    for (const { opensAt, closesAt } of sessions.from(at)) {
      if (opensAt > at && opensAt !== closedAt) return opensAt
      if (opensAt > at + ENDLESS_MS) return null
      closedAt = closesAt
    }
    return null
  }

  function previousCloseUpTo(at: EpochMs): EpochMs | null {
    let reopenedAt: EpochMs | null = null
    for (const { opensAt, closesAt } of sessions.backFrom(at)) {
      if (closesAt <= at && closesAt !== reopenedAt) return closesAt
      if (closesAt < at - ENDLESS_MS) return null
      reopenedAt = opensAt
    }
    return null
  }

  const { name, timezone, source } = definition
  return Object.freeze({
    name,
    timezone,
    source,
    isOpen: (at: Instant) => isOpenAt(toEpochMs(at, 'isOpen')),
    nextOpen: (at: Instant) => nextOpenAfter(toEpochMs(at, 'nextOpen')),
    previousClose: (at: Instant) => previousCloseUpTo(toEpochMs(at, 'previousClose')),
    sessionsFrom: (at: Instant) => sessions.from(toEpochMs(at, 'sessionsFrom')),
    sessionsBetween(from: Instant, to: Instant) {
      const end = toEpochMs(to, 'sessionsBetween.to')
      const found: TradingSession[] = []
      for (const session of sessions.from(toEpochMs(from, 'sessionsBetween.from'))) {
        if (session.opensAt >= end) break
        found.push(session)
      }
      return found
    },
    excludes: (dueAt: EpochMs) => !isOpenAt(dueAt),
    excludedUntil: (dueAt: EpochMs) => nextOpenAfter(dueAt) ?? dueAt,
  })
}

/** A market without a gap for this long counts as never closing. */
const ENDLESS_MS = 400 * DAY_MS
